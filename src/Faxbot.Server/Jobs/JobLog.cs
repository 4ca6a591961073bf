using Faxbot.Server.Telemetry;

namespace Faxbot.Server.Jobs;

/// <summary>What jobs write into the log: ids 1000 to 1099, no numbers, names or contents.</summary>
internal static partial class JobLog
{
    [LoggerMessage(1000, LogLevel.Information, "Fax {FaxId} is {State} ({Outcome})")]
    private static partial void Moved(ILogger logger, string faxId, string state, string outcome);

    /// <summary>The line of a transition; written after its commit.</summary>
    public static void FaxMoved(this ILogger logger, FaxRow row)
    {
        Moved(logger, row.Id, row.State, row.OutcomeClass ?? "no outcome yet");
        GatewayMeter.JobMoved(row.State, row.OutcomeClass);
    }
}
