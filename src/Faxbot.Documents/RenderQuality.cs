namespace Faxbot.Documents;

/// <summary>How grey becomes black and white.</summary>
public enum RenderQuality
{
    /// <summary>Chosen for each part of each page: text and lines sharp, pictures dithered: large ones in large dots, which take half of the time on the line.</summary>
    Auto,
    /// <summary>No dithering: everything becomes ink or paper.</summary>
    Text,
    /// <summary>All that is grey is dithered in single dots: the finest detail, and the longest calls.</summary>
    Photo,
}
