namespace Faxbot.Server.Content;

/// <summary>The key ring cannot be used.</summary>
/// <param name="message">What is wrong, and what to do.</param>
/// <param name="inner">What caused it.</param>
internal sealed class KeyRingException(string message, Exception? inner = null) : Exception(message, inner);
