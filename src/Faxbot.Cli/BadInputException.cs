namespace Faxbot.Cli;

/// <summary>What the user gave cannot be used. The message is one line that names it and the fix.</summary>
internal sealed class BadInputException(string message) : Exception(message);
