namespace Faxbot.Fax.T30;

/// <summary>The timers of T.30 5.4, with the values that leave the most room to the far end within their tolerance.</summary>
public sealed record T30Timers
{
    /// <summary>T1, 35 s +- 5 s: how long two terminals try to identify each other.</summary>
    public TimeSpan T1 { get; init; } = TimeSpan.FromSeconds(38);

    /// <summary>T2, 6 s +- 1 s: how long a receiver waits for a command or a page.</summary>
    public TimeSpan T2 { get; init; } = TimeSpan.FromSeconds(7);

    /// <summary>T3, 10 s +- 5 s: how long an operator interrupt is waited for.</summary>
    public TimeSpan T3 { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>T4, 3 s +- 15 %: how long a command waits for its response.</summary>
    public TimeSpan T4 { get; init; } = TimeSpan.FromSeconds(3.45);

    /// <summary>T5, 60 s +- 5 s: how long a receiver may stay not ready in ECM.</summary>
    public TimeSpan T5 { get; init; } = TimeSpan.FromSeconds(65);

    /// <summary>How long a carrier may stay up without a frame that ends it: the longest control signal is well below.</summary>
    public TimeSpan CarrierGuard { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>How long after the final frame its carrier is waited for to go down.</summary>
    public TimeSpan CarrierEnd { get; init; } = TimeSpan.FromSeconds(0.4);
}
