using Faxbot.Interop.Tests.Asterisk;
using Faxbot.Interop.Tests.Gateway;
using Xunit.Sdk;
using Xunit.v3;

namespace Faxbot.Interop.Tests;

/// <summary>
/// Begins with the classes that take longest, one test after the other at the pace of calls, so that none of them is left alone at the end; what runs in
/// virtual time comes last, as it fills what processor is left.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private const string VirtualTime = ".Spandsp.";

    private static readonly string[] Longest =
    [
        nameof(AsteriskGatewayTests), nameof(FaxCrashTests), nameof(MessageCrashTests), nameof(TrunkTranscriptTests), nameof(OutageTests), nameof(PrivacyTests),
        nameof(AsteriskRegistrarTests), nameof(AsteriskLineOutcomeTests), nameof(SharedWorkTests), nameof(SandboxTests), nameof(AsteriskGatewayRestartTests),
        nameof(PackagesThroughAsteriskTests), nameof(VoiceCallTests), nameof(AsteriskTransportTests), nameof(AsteriskSendsTests), nameof(AsteriskLineReceivesTests),
    ];

    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection => [.. testCollections.OrderBy(Rank)];

    private static int Rank<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection
    {
        var name = collection.TestCollectionDisplayName;
        if (name.Contains(VirtualTime, StringComparison.Ordinal)) return Longest.Length + 1;
        var known = Array.FindIndex(Longest, longest => name.Contains('.' + longest, StringComparison.Ordinal));
        return known < 0 ? Longest.Length : known;
    }
}
