using Faxbot.Imaging.Pages;

namespace Faxbot.Imaging.Tiff;

/// <summary>
/// The coded octets of a page as they stand in the file, most significant bit first: what may go over the line as it is.
/// Nothing is checked: the data may be damaged, hold other than <see cref="Rows"/> rows, and lack RTC or EOFB.
/// </summary>
public sealed class TiffCodedPage
{
    private readonly TiffOctets _octets;

    internal TiffCodedPage(TiffFaxPage page, TiffOctets octets, bool hasEol)
    {
        _octets = octets;
        Format = page.Format;
        Rows = page.Rows;
        Coding = page.Coding!.Value;
        HasEol = hasEol;
        RowsAreAligned = page.Compression == TiffCompression.CcittRle;
    }

    /// <summary>The coding.</summary>
    public FaxCoding Coding { get; }

    /// <summary>The raster.</summary>
    public PageFormat Format { get; }

    /// <summary>Rows as the file says.</summary>
    public int Rows { get; }

    /// <summary>MH and MR: rows begin with EOL, as on the line. Otherwise they follow each other without.</summary>
    public bool HasEol { get; }

    /// <summary>Rows begin on octet boundaries (compression 2).</summary>
    public bool RowsAreAligned { get; }

    /// <summary>Coded octets in all.</summary>
    public long Length => _octets.Length;

    /// <summary>Reads on in the coded octets; 0 is the end.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public int Read(Span<byte> destination) => _octets.Read(destination);
}
