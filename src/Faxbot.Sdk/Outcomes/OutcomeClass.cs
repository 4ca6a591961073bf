namespace Faxbot.Sdk.Outcomes;

/// <summary>What became of an attempt, in the classes that retry rules are written for.</summary>
public enum OutcomeClass
{
    /// <summary>Every page was confirmed by the far end.</summary>
    Success,
    /// <summary>Not dialled: a bad number, policy, file or funds. The sentence names what to fix.</summary>
    Rejected,
    /// <summary>The number is busy.</summary>
    Busy,
    /// <summary>Nobody answered in time.</summary>
    NoAnswer,
    /// <summary>The number does not exist or has moved.</summary>
    Dead,
    /// <summary>The trunk has no room or is out of order.</summary>
    Congestion,
    /// <summary>Something answered that is not a fax machine.</summary>
    NotFax,
    /// <summary>The far end and we have no medium in common, T.38 above all.</summary>
    Negotiation,
    /// <summary>The line is too bad: no training, pages rejected, carrier lost.</summary>
    Quality,
    /// <summary>The receiver lacks a size, a resolution or the ability to receive.</summary>
    Capability,
    /// <summary>The call ended after some pages were confirmed.</summary>
    Partial,
    /// <summary>The far end refused: interrupt, wrong password, not ready.</summary>
    Refused,
    /// <summary>Our own side failed or was told to stop before anything could be confirmed.</summary>
    Local,
    /// <summary>It is not known whether the pages arrived.</summary>
    Unknown,
}

/// <summary>Where in an attempt it ended.</summary>
public enum OutcomePhase
{
    /// <summary>Before the far end answered.</summary>
    Dial,
    /// <summary>Between the answer and the training check: the switch to T.38, identification, commands.</summary>
    Negotiate,
    /// <summary>The training check.</summary>
    Train,
    /// <summary>Page data.</summary>
    Page,
    /// <summary>After a page, before its confirmation.</summary>
    PostPage,
    /// <summary>After the last page.</summary>
    HangUp,
}

/// <summary>Who the failure is to be laid to.</summary>
public enum OutcomeParty
{
    /// <summary>Nobody: it succeeded.</summary>
    None,
    /// <summary>This gateway.</summary>
    Local,
    /// <summary>The trunk or the network behind it.</summary>
    Trunk,
    /// <summary>The number that was dialled.</summary>
    Number,
    /// <summary>The terminal that answered.</summary>
    Receiver,
    /// <summary>The document.</summary>
    Document,
    /// <summary>A rule of the operator.</summary>
    Policy,
}
