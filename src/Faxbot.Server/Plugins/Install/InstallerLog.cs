namespace Faxbot.Server.Plugins.Install;

/// <summary>What the log says of installations.</summary>
internal static partial class InstallerLog
{
    [LoggerMessage(1120, LogLevel.Information, "Plugin {PluginId} {Version} was installed from package {Package} of {Source}")]
    public static partial void Installed(ILogger logger, string pluginId, string version, string package, string source);

    [LoggerMessage(1121, LogLevel.Information, "Plugin {PluginId} goes back to version {Version}")]
    public static partial void RolledBack(ILogger logger, string pluginId, string version);

    [LoggerMessage(1122, LogLevel.Information, "Plugin {PluginId} was uninstalled")]
    public static partial void Uninstalled(ILogger logger, string pluginId);

    [LoggerMessage(1123, LogLevel.Warning, "Files of plugin {PluginId} that are no longer used could not be removed; the next start tries again")]
    public static partial void NotRemoved(ILogger logger, Exception e, string pluginId);

    [LoggerMessage(1124, LogLevel.Error, "Installed plugins do not start: {Reason}")]
    public static partial void LockBroken(ILogger logger, string reason);
}
