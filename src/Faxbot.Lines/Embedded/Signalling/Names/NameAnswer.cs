using DnsClient.Protocol;

namespace Faxbot.Lines.Embedded.Signalling.Names;

/// <summary>What a name server said.</summary>
/// <param name="Records">The records that were asked for.</param>
/// <param name="IsKnown">Whether it said anything: no records is an answer, a time-out or a failure of the server is none.</param>
/// <param name="Lifetime">How long it may be remembered.</param>
internal sealed record NameAnswer(IReadOnlyList<DnsResourceRecord> Records, bool IsKnown, TimeSpan Lifetime);
