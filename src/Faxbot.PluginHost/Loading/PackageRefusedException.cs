namespace Faxbot.PluginHost.Loading;

/// <summary>The package cannot be run as it is; the message says what to change in it.</summary>
internal sealed class PackageRefusedException(string message) : Exception(message);
