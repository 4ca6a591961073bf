namespace Faxbot.Fax.T30;

/// <summary>How a <see cref="FaxReceiver"/> behaves.</summary>
public sealed record ReceiverOptions
{
    /// <summary>CSI, or CIG when polling: up to 20 characters; null sends none.</summary>
    public string? Identity { get; init; }

    /// <summary>What DIS announces.</summary>
    public DisCapabilities Capabilities { get; init; } = new()
    {
        Fine = true,
        Superfine = true,
        Mr = true,
        Mmr = true,
        Ecm = true,
        MaxWidth = 2432,
        Subaddressing = true,
        Password = true,
    };

    /// <summary>The sender identification (SID) without which pages are refused; null takes everybody's.</summary>
    public string? RequiredSenderIdentification { get; init; }

    /// <summary>Whether this side calls and asks for a document (polling), instead of being called.</summary>
    public bool Polls { get; init; }

    /// <summary>Polling: SEP, which document is wanted.</summary>
    public string? SelectivePolling { get; init; }

    /// <summary>Polling: PWD.</summary>
    public string? Password { get; init; }

    /// <summary>Whether CED still has to be sent (not when it was sent in the audio leg).</summary>
    public bool SendAnsweringTone { get; init; } = true;

    /// <summary>Whether no training check will come because both gateways check by themselves (T.38 local TCF).</summary>
    public bool LocalTrainingCheck { get; init; }

    /// <summary>Without ECM: the share of damaged rows above which a page is rejected (RTN).</summary>
    public double RejectAbove { get; init; } = 0.15;

    /// <summary>Without ECM: the share of damaged rows above which the transmitter is asked to train again (RTP).</summary>
    public double RetrainAbove { get; init; } = 0.05;

    /// <summary>The most rows of one page; longer ones are cut there.</summary>
    public int MaxRows { get; init; } = 30_000;

    /// <summary>The most pages of one session; further ones are refused with DCN.</summary>
    public int MaxPages { get; init; } = 1_000;

    /// <summary>The timers.</summary>
    public T30Timers Timers { get; init; } = new();
}
