using Faxbot.Server.Telemetry;

namespace Faxbot.Server.Jobs;

/// <summary>What jobs write into the log: ids 1000 to 1099, no numbers, names or contents.</summary>
internal static partial class JobLog
{
    /// <summary>The line of a transition; written after its commit.</summary>
    public static void FaxMoved(this ILogger logger, FaxRow row)
    {
        FaxMoved(logger, row.Id, row.State, row.OutcomeClass ?? "no outcome yet");
        GatewayMeter.JobMoved(row.State, row.OutcomeClass);
    }

    /// <summary>The line of a claim.</summary>
    public static void FaxClaimed(this ILogger logger, string faxId)
    {
        FaxMoved(logger, faxId, Words<JobState>.Of(JobState.Preparing), "claimed");
        GatewayMeter.JobMoved(Words<JobState>.Of(JobState.Preparing), null);
    }

    [LoggerMessage(1000, LogLevel.Information, "Fax {FaxId} is {State} ({Reason})")]
    private static partial void FaxMoved(ILogger logger, string faxId, string state, string reason);

    [LoggerMessage(1001, LogLevel.Error, "Fax {FaxId} could not be worked on because of an error of the gateway's own; it is tried again")]
    public static partial void FaxHandlingFailed(this ILogger logger, Exception error, string faxId);

    [LoggerMessage(1002, LogLevel.Error, "The {Queue} could not be worked on; it is tried again")]
    public static partial void RoundFailed(this ILogger logger, Exception error, string queue);

    [LoggerMessage(1003, LogLevel.Warning, "Plugin {PluginId} failed while it was given fax {FaxId}; it is asked whether it has it")]
    public static partial void SubmissionDoubtful(this ILogger logger, Exception error, string pluginId, string faxId);

    [LoggerMessage(1004, LogLevel.Debug, "Plugin {PluginId} could not say how far fax {FaxId} is")]
    public static partial void StatusUntold(this ILogger logger, Exception error, string pluginId, string faxId);

    [LoggerMessage(1005, LogLevel.Warning, "Fax {FaxId} was taken over from gateway {Gateway}, which gave no sign of life")]
    public static partial void FaxTakenOver(this ILogger logger, string faxId, string gateway);

    [LoggerMessage(1006, LogLevel.Debug, "Plugin {PluginId} could not be asked to cancel fax {FaxId}")]
    public static partial void CancelFailed(this ILogger logger, Exception error, string pluginId, string faxId);
}
