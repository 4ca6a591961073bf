namespace Faxbot.Sip.Transactions;

/// <summary>
/// The base timers of RFC 3261 17.1.1.1 and what table 4 makes of them. <c>T1</c> is the round-trip estimate, <c>T2</c> the longest pause
/// between two sends of a request other than INVITE, <c>T4</c> how long a message may stay in the network.
/// </summary>
public sealed record SipTimers
{
    public static SipTimers Default { get; } = new();

    public TimeSpan T1 { get; init; } = TimeSpan.FromMilliseconds(500);

    public TimeSpan T2 { get; init; } = TimeSpan.FromSeconds(4);

    public TimeSpan T4 { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Timer D on an unreliable transport: at least 32 s (RFC 3261 17.1.1.2).</summary>
    public TimeSpan D { get; init; } = TimeSpan.FromSeconds(32);

    /// <summary>64 * T1: timers B, F, H, J, L and M.</summary>
    internal TimeSpan TransactionTimeout => T1 * 64;
}
