namespace Faxbot.Server.Messages;

/// <summary>What messages write into the log: ids 1580 to 1599, no numbers, names or contents.</summary>
internal static partial class MessageLog
{
    [LoggerMessage(1580, LogLevel.Information, "Message {MessageId} came in over plugin {PluginId}")]
    public static partial void MessageReceived(this ILogger logger, string messageId, string pluginId);

    [LoggerMessage(1581, LogLevel.Warning, "A message that waits at the provider of {PluginId} could not be fetched, try {Tries}; it is tried again: {Reason}")]
    public static partial void MessageNotFetched(this ILogger logger, string pluginId, long tries, string reason);

    [LoggerMessage(1582, LogLevel.Warning, "Messages that wait at providers cannot be looked for: the database is away")]
    public static partial void NoticesAway(this ILogger logger, Exception why);
}
