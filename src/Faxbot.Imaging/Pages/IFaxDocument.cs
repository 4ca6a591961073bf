namespace Faxbot.Imaging.Pages;

/// <summary>Pages to be sent, read row by row so that no page need be held in memory.</summary>
public interface IFaxDocument : IDisposable
{
    /// <summary>How many pages there are.</summary>
    int PageCount { get; }

    /// <summary>Page <paramref name="index"/>, counted from 0, from its first row. Several may be open at once.</summary>
    IPageReader OpenPage(int index);
}

/// <summary>The rows of one page, from top to bottom, once.</summary>
public interface IPageReader : IDisposable
{
    /// <summary>The raster of the rows.</summary>
    PageFormat Format { get; }

    /// <summary>Reads the next row into <paramref name="row"/> (at least <c>Format.Stride</c> octets, 1 = black, most significant bit first, pad bits 0).</summary>
    /// <returns>False after the last row.</returns>
    bool TryReadRow(Span<byte> row);
}
