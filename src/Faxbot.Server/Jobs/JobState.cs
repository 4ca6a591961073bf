namespace Faxbot.Server.Jobs;

/// <summary>
/// The states of a fax. The same words stand in the CHECK of table <c>faxes</c> and in the chart of <c>docs/jobs.md</c>; a test keeps the three equal.
/// </summary>
public enum JobState
{
    /// <summary>Accepted and durable; waits for its time, a free number and a free trunk. Also between two attempts.</summary>
    Queued,
    /// <summary>A gateway has the lease: pages are drawn, the route is chosen. Nothing has left.</summary>
    Preparing,
    /// <summary>The attempt is on the disk and the plugin is being called. From here on something may have left.</summary>
    Submitting,
    /// <summary>The provider or line has it.</summary>
    InProgress,
    /// <summary>Final: every page was confirmed.</summary>
    Success,
    /// <summary>Final: it failed and is not tried again.</summary>
    Failed,
    /// <summary>Final: it was cancelled.</summary>
    Cancelled,
    /// <summary>It cannot be told whether it arrived; a later status or a person decides. Never sent again by itself.</summary>
    Unknown,
}
