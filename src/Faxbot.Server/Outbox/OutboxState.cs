namespace Faxbot.Server.Outbox;

/// <summary>
/// The states of an item. The same words stand in the CHECK of table <c>outbox</c> and in the chart of <c>docs/outbox.md</c>; a test keeps the three equal.
/// </summary>
public enum OutboxState
{
    /// <summary>Accepted and durable; waits for its time and for a plugin. Also between two attempts.</summary>
    Queued,
    /// <summary>The attempt is on the disk and the plugin is being called. From here on something may have left.</summary>
    Submitting,
    /// <summary>The provider or line has it.</summary>
    Accepted,
    /// <summary>It was passed on to the network. Where nobody confirms what arrives, this is the last that is known.</summary>
    Sent,
    /// <summary>Final: the network or the far end confirmed it.</summary>
    Delivered,
    /// <summary>Final: it was not delivered and is not tried again.</summary>
    Undelivered,
    /// <summary>Final: it was cancelled.</summary>
    Cancelled,
    /// <summary>It cannot be told what became of it; a later report or a person decides. Never sent again by itself.</summary>
    Unknown,
}
