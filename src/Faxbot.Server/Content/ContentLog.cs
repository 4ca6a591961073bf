namespace Faxbot.Server.Content;

/// <summary>What is logged of contents: events 1200 to 1249.</summary>
internal static partial class ContentLog
{
    [LoggerMessage(1200, LogLevel.Information, "Retention: deleted {Faxes} faxes, {Events} events, {Inbound} received faxes, {Renderings} renderings, {Contents} contents")]
    public static partial void Swept(ILogger log, int faxes, int events, int inbound, int renderings, int contents);

    [LoggerMessage(1201, LogLevel.Warning, "Deleted {Orphans} stored contents that no row knew: was the database restored from a backup?")]
    public static partial void OrphansDeleted(ILogger log, int orphans);

    [LoggerMessage(1202, LogLevel.Warning, "{Failed} contents could not be sealed with the newest key: they are missing or damaged, or their key is gone")]
    public static partial void NotResealed(ILogger log, int failed);

    [LoggerMessage(1203, LogLevel.Warning, "What is kept no longer could not be deleted; it is tried again within the hour")]
    public static partial void SweepFailed(ILogger log, Exception exception);
}
