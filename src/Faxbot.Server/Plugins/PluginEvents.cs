namespace Faxbot.Server.Plugins;

/// <summary>What the log says of plugins.</summary>
internal static partial class PluginEvents
{
    [LoggerMessage(1100, LogLevel.Information, "Plugin {PluginId} {Version} runs with revision {Revision} of its settings as process {Process}")]
    public static partial void Runs(ILogger logger, string pluginId, string version, long revision, int process);

    [LoggerMessage(1101, LogLevel.Warning, "Plugin {PluginId} broke down: {Reason} It is started again in {Pause}")]
    public static partial void BrokeDown(ILogger logger, string pluginId, string reason, TimeSpan pause);

    [LoggerMessage(1102, LogLevel.Error, "Plugin {PluginId} is not started again: {Reason} Change its settings or restart it")]
    public static partial void GaveUp(ILogger logger, string pluginId, string reason);

    [LoggerMessage(1103, LogLevel.Error, "Plugin {PluginId} {Version} does not start with revision {Revision} of its settings and goes on as it was: {Reason}")]
    public static partial void GoesOnAsItWas(ILogger logger, string pluginId, string version, long revision, string reason);

    [LoggerMessage(1104, LogLevel.Information, "Plugin {PluginId}, process {Process}, ended: {Reason}")]
    public static partial void Ended(ILogger logger, string pluginId, int process, string reason);

    [LoggerMessage(1105, LogLevel.Warning, "Plugin {PluginId} says that it cannot work: {Reason}")]
    public static partial void Unwell(ILogger logger, string pluginId, string reason);

    [LoggerMessage(1106, LogLevel.Warning, "The package of plugin {PluginId} cannot be used: {Reason}")]
    public static partial void PackageRefused(ILogger logger, string pluginId, string reason);

    [LoggerMessage(1107, LogLevel.Error, "Plugins could not be looked after; it is tried again")]
    public static partial void RefreshFailed(ILogger logger, Exception e);

    [LoggerMessage(1108, LogLevel.Warning, "Plugin {PluginId} was not done after {Time} and is ended with calls in flight")]
    public static partial void NotDrained(ILogger logger, string pluginId, TimeSpan time);

    [LoggerMessage(1109, LogLevel.Warning, "Plugins run without a sandbox and can read what the gateway can: install bubblewrap, or permit namespaces on this machine")]
    public static partial void NoSandbox(ILogger logger);

    [LoggerMessage(EventId = 1110, Message = "Plugin {PluginId}: {Text}")]
    public static partial void Said(ILogger logger, LogLevel level, string pluginId, string text);

    [LoggerMessage(1111, LogLevel.Warning, "Plugin {PluginId} writes too much: its log is cut off")]
    public static partial void LogCutOff(ILogger logger, string pluginId);

    [LoggerMessage(1112, LogLevel.Warning, "{Lines} lines of plugin {PluginId} were not kept")]
    public static partial void LinesDropped(ILogger logger, string pluginId, long lines);
}
