namespace Faxbot.Fax.T30;

/// <summary>Why a T.30 session ended.</summary>
public enum FaxEnd
{
    /// <summary>Every page was confirmed.</summary>
    Completed,
    /// <summary>No DIS or DCS came before T1 ran out: no fax machine answers.</summary>
    NoFax,
    /// <summary>The far end cannot receive, cannot be polled, or has no modem in common.</summary>
    Incompatible,
    /// <summary>The training check failed at every rate.</summary>
    TrainingFailed,
    /// <summary>The receiver rejected a page, or its frames never arrived whole.</summary>
    Quality,
    /// <summary>No answer to a command after three tries, or no signal where one was due.</summary>
    Silence,
    /// <summary>The far end sent DCN before the end.</summary>
    Disconnected,
    /// <summary>The call ended before the session did.</summary>
    LineLost,
    /// <summary>The receiver stayed not ready (RNR) until T5 ran out.</summary>
    NotReady,
    /// <summary>The receiver's operator interrupted (PIN).</summary>
    Interrupted,
    /// <summary>The far end gave a wrong password or selective polling address.</summary>
    Refused,
    /// <summary>This side ended the session.</summary>
    Cancelled,
}

/// <summary>The part of a session in which it ended (T.30 3.2).</summary>
public enum FaxPhase
{
    /// <summary>A: tones and the first identification.</summary>
    CallSetUp,
    /// <summary>B: identification and commands.</summary>
    Negotiation,
    /// <summary>B: the training check.</summary>
    Training,
    /// <summary>C: page data.</summary>
    Page,
    /// <summary>D: after a page.</summary>
    PostPage,
    /// <summary>E: disconnecting.</summary>
    HangUp,
}

/// <summary>How a session ended and what is known about its pages.</summary>
/// <param name="End">Why it ended.</param>
/// <param name="Phase">Where it ended.</param>
/// <param name="PagesConfirmed">Sending: pages that the receiver confirmed. Receiving: pages that this side confirmed.</param>
/// <param name="PagesPerhapsPrinted">Sending: further pages, not confirmed, that went out whole or in part: the receiver may have printed them.</param>
/// <param name="LastFrame">The frame of the far end that decided, where one did.</param>
/// <param name="Settings">What was negotiated last.</param>
/// <param name="FarIdentity">How the far end named itself.</param>
public sealed record FaxResult(
    FaxEnd End,
    FaxPhase Phase,
    int PagesConfirmed,
    int PagesPerhapsPrinted,
    FrameType? LastFrame,
    DcsSettings? Settings,
    string? FarIdentity);
