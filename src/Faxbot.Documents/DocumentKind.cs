namespace Faxbot.Documents;

/// <summary>What a file is, by its content.</summary>
public enum DocumentKind
{
    Unknown,
    Pdf,
    Tiff,
    Png,
    Jpeg,
    Text,
}
