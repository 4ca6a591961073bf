using Faxbot.Fax.Negotiation;

namespace Faxbot.Fax.T30;

/// <summary>How a <see cref="FaxTransmitter"/> behaves.</summary>
public sealed record TransmitterOptions
{
    /// <summary>TSI: up to 20 characters, by custom digits, plus sign and blanks; null sends none.</summary>
    public string? Identity { get; init; }

    /// <summary>SUB: a subaddress at the receiver.</summary>
    public string? Subaddress { get; init; }

    /// <summary>SID: the sender identification that the receiver may ask for as a password.</summary>
    public string? SenderIdentification { get; init; }

    /// <summary>Answering a poll: SEP that the caller must give; null asks for none.</summary>
    public string? SelectivePolling { get; init; }

    /// <summary>Answering a poll: PWD that the caller must give; null asks for none.</summary>
    public string? Password { get; init; }

    /// <summary>The page to begin with, counted from 0.</summary>
    public int FirstPage { get; init; }

    /// <summary>What the call may use.</summary>
    public TransmitterLimits Limits { get; init; } = new();

    /// <summary>MR's K at standard resolution and at the finer ones (T.4 4.2.1.1).</summary>
    public (int Standard, int Fine) K { get; init; } = (2, 4);

    /// <summary>Whether fill is left out of pages because T.38 fill-bit removal was agreed.</summary>
    public bool OmitFill { get; init; }

    /// <summary>Whether this side was called and waits to be polled, instead of calling to send.</summary>
    public bool AnswersPoll { get; init; }

    /// <summary>Answering a poll: whether CED still has to be sent (not when it was sent in the audio leg).</summary>
    public bool SendAnsweringTone { get; init; } = true;

    /// <summary>How often a page that the receiver rejected is sent again.</summary>
    public int PageRetries { get; init; } = 2;

    /// <summary>The timers.</summary>
    public T30Timers Timers { get; init; } = new();
}
