using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Trunks;

namespace Faxbot.Lines.Asterisk.Checks;

/// <summary>Looks at a trunk that goes over Asterisk: each server, the trunk's endpoint there, and a call where a number is given.</summary>
public static class AsteriskTrunkCheck
{
    /// <summary>Looks at it.</summary>
    /// <param name="servers">The servers.</param>
    /// <param name="endpoint">The trunk's endpoint.</param>
    /// <param name="trunk">The trunk.</param>
    /// <param name="originate">Places a call over it.</param>
    /// <param name="dial">A number that is sent a test page; null calls nobody.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<IReadOnlyList<CheckFinding>> RunAsync(
        IReadOnlyList<AsteriskServer> servers, string endpoint, TrunkProfile trunk, Func<OutboundFax, FaxCall> originate, string? dial, TimeProvider time,
        CancellationToken cancel)
    {
        var looks = servers.Select(server => AsteriskCheck.RunAsync(server, new Dictionary<string, TrunkProfile> { [endpoint] = trunk }, time, cancel));
        List<CheckFinding> findings = [.. (await Task.WhenAll(looks)).SelectMany(found => found)];
        await new TrialCall(originate, trunk, findings).RunAsync(dial, cancel);
        TrialCall.LookAtEvidence(trunk, findings);
        return findings;
    }
}
