namespace Faxbot.Imaging.Pages;

/// <summary>How the rows of a page are coded.</summary>
public enum FaxCoding
{
    /// <summary>Modified Huffman: T.4 one-dimensional.</summary>
    Mh,
    /// <summary>Modified READ: T.4 two-dimensional.</summary>
    Mr,
    /// <summary>Modified modified READ: T.6.</summary>
    Mmr,
}
