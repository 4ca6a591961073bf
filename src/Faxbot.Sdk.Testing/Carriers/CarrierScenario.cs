namespace Faxbot.Sdk.Testing.Carriers;

/// <summary>What becomes of a call at the simulated carrier. The document has three pages.</summary>
public enum CarrierScenario
{
    /// <summary>A fax machine takes all pages.</summary>
    Success,
    /// <summary>486.</summary>
    Busy,
    /// <summary>It rings until the caller gives up.</summary>
    NoAnswer,
    /// <summary>The INVITE is answered with 488.</summary>
    NotAcceptable,
    /// <summary>The caller's re-INVITE meets the carrier's own: it gets 491, and the carrier asks for T.38 itself.</summary>
    Glare,
    /// <summary>The carrier asks for T.38 a second time while the fax is under way.</summary>
    LateReinvite,
    /// <summary>The carrier asks for T.38 twice, one time after the other, before the fax begins.</summary>
    DoubleReinvite,
    /// <summary>The re-INVITE to T.38 is refused.</summary>
    RejectedReinvite,
    /// <summary>The re-INVITE to T.38 gets a 2xx whose SDP has no UDPTL in it.</summary>
    SwitchWithoutUdptl,
    /// <summary>The fax machine never hears a training check.</summary>
    TrainingFailure,
    /// <summary>The second page is rejected (RTN), however often it is sent.</summary>
    PageRejected,
    /// <summary>The second page gets lost once, and arrives when it is sent again.</summary>
    PageLostOnce,
    /// <summary>The second page gets lost, however often it is sent.</summary>
    PageLost,
    /// <summary>The far end hangs up in the middle of the second page.</summary>
    HangUpInMidPage,
    /// <summary>A telephone answers and listens until the caller hangs up; T.38 is refused.</summary>
    Telephone,
    /// <summary>A telephone answers and hangs up at once.</summary>
    TelephoneHangsUp,
}
