namespace Faxbot.Testing.Captures;

/// <summary>How bad an expert item is, in Wireshark's words.</summary>
public enum TsharkSeverity
{
    Comment,
    Chat,
    Note,
    Warning,
    Error,
}
