namespace Faxbot.Documents;

/// <summary>How long a fax page is. All of these are as wide as a fax line: 215 mm.</summary>
public enum PaperSize
{
    /// <summary>For each page the shortest of Letter, A4 and Legal that takes it without shrinking; A4 for larger ones.</summary>
    Auto,
    /// <summary>297 mm.</summary>
    A4,
    /// <summary>11 inches.</summary>
    Letter,
    /// <summary>14 inches.</summary>
    Legal,
}
