namespace Faxbot.Lines.Asterisk.Manager;

/// <summary>What follows the response to an action.</summary>
internal enum AmiFollow
{
    /// <summary>Nothing.</summary>
    Nothing,
    /// <summary>Events up to one that says <c>EventList: Complete</c>.</summary>
    List,
    /// <summary>One event.</summary>
    Event,
}

/// <summary>What became of an action.</summary>
internal enum AmiOutcome
{
    /// <summary>Asterisk did it, and all that was to follow came.</summary>
    Success,
    /// <summary>Asterisk refused it.</summary>
    Refused,
    /// <summary>There is no connection: Asterisk never saw it.</summary>
    NotSent,
    /// <summary>The connection was lost, or no answer came, after it was sent: Asterisk may have done it.</summary>
    Unanswered,
    /// <summary>The connection was lost after the response and before all that was to follow had come.</summary>
    Incomplete,
}

/// <summary>How an action ended.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Response">Asterisk's response; null where none came.</param>
/// <param name="Events">The events that followed, without the one that ends a list.</param>
internal sealed record AmiResult(AmiOutcome Outcome, AmiMessage? Response, IReadOnlyList<AmiMessage> Events)
{
    /// <summary>Never seen by Asterisk.</summary>
    public static AmiResult NotSent { get; } = new(AmiOutcome.NotSent, null, []);

    /// <summary>Whether it was done.</summary>
    public bool IsSuccess => Outcome == AmiOutcome.Success;

    /// <summary>What the response says in words.</summary>
    public string Message => Response?["Message"] ?? "";
}
