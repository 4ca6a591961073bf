namespace Faxbot.Testing.Calls;

/// <summary>A call did not go as its script says.</summary>
public sealed class CallScriptException(string message) : Exception(message);
