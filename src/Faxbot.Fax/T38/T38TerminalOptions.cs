namespace Faxbot.Fax.T38;

/// <summary>How a <see cref="T38Terminal"/> speaks: what was agreed in SDP, and how fast it sends.</summary>
public sealed record T38TerminalOptions
{
    /// <summary>The T.38 version of the call, 0 to 3: the syntax of IFP packets.</summary>
    public int Version { get; init; }

    /// <summary>Protection and size of the datagrams to be sent.</summary>
    public UdptlSenderOptions Sender { get; init; } = new();

    /// <summary>How datagrams are received.</summary>
    public UdptlReceiverOptions Receiver { get; init; } = new();

    /// <summary>Rate management method 1: each gateway checks training by itself, so no TCF is carried (T.38 8.1).</summary>
    public bool LocalTrainingCheck { get; init; }

    /// <summary>Whether data is sent at the pace of the modem; if not, as fast as <see cref="UnpacedInterval"/> allows.</summary>
    public bool Paced { get; init; } = true;

    /// <summary>About how much air time one packet covers when paced.</summary>
    public TimeSpan PacketInterval { get; init; } = TimeSpan.FromMilliseconds(30);

    /// <summary>The time between packets when not paced, so that no socket buffer overflows.</summary>
    public TimeSpan UnpacedInterval { get; init; } = TimeSpan.FromMicroseconds(100);

    /// <summary>How many packets leave at once when not paced and <see cref="T38Terminal.HandleTimeout"/> comes late, at least 1.</summary>
    public int UnpacedBurst { get; init; } = 8;

    /// <summary>How often an indicator is sent, since the next packet that could carry it again may be a second away.</summary>
    public int IndicatorCopies { get; init; } = 3;

    /// <summary>How long CED lasts (T.30 4.1: 2.6 s to 4.0 s).</summary>
    public TimeSpan AnsweringTone { get; init; } = TimeSpan.FromSeconds(2.6);

    /// <summary>How long a packet that came too early is held for the missing one before it.</summary>
    public TimeSpan ReorderWait { get; init; } = TimeSpan.FromMilliseconds(80);
}
