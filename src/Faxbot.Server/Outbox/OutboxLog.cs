using Faxbot.Server.Telemetry;

namespace Faxbot.Server.Outbox;

/// <summary>What the outbox writes into the log: ids 1550 to 1579, no numbers, names or contents.</summary>
internal static partial class OutboxLog
{
    /// <summary>The line of a transition; written after its commit.</summary>
    public static void ItemMoved(this ILogger logger, OutboxRow row)
    {
        ItemMoved(logger, row.Kind, row.Id, row.State, row.OutcomeClass ?? "no outcome yet");
        GatewayMeter.ItemMoved(row.Kind, row.State, row.OutcomeClass);
    }

    [LoggerMessage(1550, LogLevel.Information, "Item {Kind} {ItemId} is {State} ({Reason})")]
    private static partial void ItemMoved(ILogger logger, string kind, string itemId, string state, string reason);

    [LoggerMessage(1551, LogLevel.Error, "Item {ItemId} could not be worked on because of an error of the gateway's own; what became of it is found out")]
    public static partial void ItemHandlingFailed(this ILogger logger, Exception error, string itemId);

    [LoggerMessage(1553, LogLevel.Warning, "Plugin {PluginId} failed while it was given item {ItemId}; it is asked whether it has it")]
    public static partial void HandOverDoubtful(this ILogger logger, Exception error, string pluginId, string itemId);

    [LoggerMessage(1554, LogLevel.Debug, "Plugin {PluginId} could not say what became of item {ItemId}")]
    public static partial void LookUpUntold(this ILogger logger, Exception error, string pluginId, string itemId);

    [LoggerMessage(1555, LogLevel.Warning, "{Items} items were taken over from gateways that gave no sign of life")]
    public static partial void ItemsTakenOver(this ILogger logger, int items);

    [LoggerMessage(1556, LogLevel.Debug, "Plugin {PluginId} could not be asked to cancel item {ItemId}")]
    public static partial void CancelFailed(this ILogger logger, Exception error, string pluginId, string itemId);
}
