using Faxbot.Sip.Messages;

namespace Faxbot.Lines.Embedded.Signalling.Transports;

/// <summary>What connections may take and how long they last.</summary>
internal sealed record StreamOptions
{
    /// <summary>The most connections at once, in both directions.</summary>
    public int MaxConnections { get; init; } = 1_000;

    /// <summary>The most that one address may open to us.</summary>
    public int MaxPerAddress { get; init; } = 100;

    /// <summary>The most messages that wait for a connection to take them.</summary>
    public int MaxQueued { get; init; } = 256;

    /// <summary>How long opening one may take, TLS included; and, for a peer that came to us, its first message.</summary>
    public TimeSpan OpenTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the peer may take to accept one message.</summary>
    public TimeSpan WriteTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a line that closes still sends what is queued.</summary>
    public TimeSpan FlushTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>A connection that was silent for so long is closed. Longer than any call, so that none loses its way back.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromHours(3.5);

    /// <summary>The limits of one message.</summary>
    public SipLimits Limits { get; init; } = SipLimits.Default;
}
