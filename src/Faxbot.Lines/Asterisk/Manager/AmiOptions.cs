namespace Faxbot.Lines.Asterisk.Manager;

/// <summary>How the manager interface is spoken, and what a server may take of this machine.</summary>
internal sealed record AmiOptions
{
    /// <summary>What is read at most.</summary>
    public AmiLimits Limits { get; init; } = new();

    /// <summary>How long connecting and logging in may take in all.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an answer may take; then the connection is taken for dead.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How often a server that is silent is asked whether it lives.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The pause before the second attempt to connect; it doubles with each one that fails.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest pause.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many events wait for their reader at most; with more, the connection is given up and made anew.</summary>
    public int MostEventsWaiting { get; init; } = 10_000;
}
