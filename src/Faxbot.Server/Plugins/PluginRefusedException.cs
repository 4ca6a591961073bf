namespace Faxbot.Server.Plugins;

/// <summary>A plugin cannot run as it is: its manifest, its code, its contract version or its settings do not fit. Trying again does not help.</summary>
/// <param name="message">Sentences for the operator: what is wrong and what to change.</param>
internal sealed class PluginRefusedException(string message) : Exception(message);
