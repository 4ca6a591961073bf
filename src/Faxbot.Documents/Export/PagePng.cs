using System.Buffers.Binary;
using System.IO.Compression;
using Faxbot.Imaging.Pages;

namespace Faxbot.Documents.Export;

/// <summary>Writes a fax page as a PNG of one bit a pixel: exactly the bits that are sent, or were received. Thread-safe.</summary>
public static class PagePng
{
    private const double MetresPerInch = 0.0254;

    /// <summary>Writes the rows that a reader has left.</summary>
    /// <param name="page">Read to its end; not disposed.</param>
    /// <param name="output">Gets the PNG, with the page's resolution in it (pHYs); stays open.</param>
    /// <param name="squarePixels">Repeats rows or columns so that the page looks right where pixels are taken for square: at standard
    /// resolution each row stands twice, at superfine each column.</param>
    /// <exception cref="InvalidDataException">The page has no row: PNG has no empty pictures.</exception>
    public static void Write(IPageReader page, Stream output, bool squarePixels = false)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(output);
        var (repeatAcross, repeatDown) = squarePixels ? Repeats(page.Format.Resolution) : (1, 1);
        var row = new byte[page.Format.Stride];
        var wide = new byte[PageBitmap.StrideOf(page.Format.Width * repeatAcross)];
        using var data = new MemoryStream();
        var rows = 0;
        using (var deflate = new ZLibStream(data, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (; page.TryReadRow(row); rows++)
            {
                Widen(row, wide, page.Format.Width, repeatAcross);
                for (var i = 0; i < repeatDown; i++)
                {
                    deflate.WriteByte(0); // Filter type: none.
                    deflate.Write(wide);
                }
            }
        }

        if (rows == 0) throw new InvalidDataException("The page has no row.");
        output.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, page.Format.Width * repeatAcross);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], rows * repeatDown);
        header[8] = 1; // Bits a pixel; the rest is 0: grey, deflate, adaptive filters, no interlace.
        WriteChunk(output, "IHDR"u8, header);
        var (across, down) = page.Format.Resolution.Dpi();
        Span<byte> size = stackalloc byte[9];
        BinaryPrimitives.WriteInt32BigEndian(size, (int)Math.Round(across * repeatAcross / MetresPerInch));
        BinaryPrimitives.WriteInt32BigEndian(size[4..], (int)Math.Round(down * repeatDown / MetresPerInch));
        size[8] = 1; // Per metre.
        WriteChunk(output, "pHYs"u8, size);
        WriteChunk(output, "IDAT"u8, data.GetBuffer().AsSpan(0, (int)data.Length));
        WriteChunk(output, "IEND"u8, []);
    }

    // How often a pixel stands across and down for the two densities to come nearest to each other.
    private static (int Across, int Down) Repeats(FaxResolution resolution)
    {
        var (across, down) = resolution.Dpi();
        return across >= down ? (1, (int)Math.Round(across / down)) : ((int)Math.Round(down / across), 1);
    }

    // PNG has 0 for black where fax has 1.
    private static void Widen(ReadOnlySpan<byte> row, Span<byte> wide, int width, int repeat)
    {
        if (repeat == 1)
        {
            for (var i = 0; i < row.Length; i++) wide[i] = (byte)~row[i];
            return;
        }

        wide.Fill(0xFF);
        for (var x = 0; x < width; x++)
        {
            if ((row[x >> 3] & (0x80 >> (x & 7))) == 0) continue;
            for (var to = x * repeat; to < (x + 1) * repeat; to++) wide[to >> 3] &= (byte)~(0x80 >> (to & 7));
        }
    }

    private static void WriteChunk(Stream output, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        output.Write(number);
        output.Write(type);
        output.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc32(Crc32(uint.MaxValue, type), data));
        output.Write(number);
    }

    // PNG annex D: the CRC of ISO 3309. Bit by bit, as a page has some ten thousand octets.
    private static uint Crc32(uint crc, ReadOnlySpan<byte> octets)
    {
        foreach (var octet in octets)
        {
            crc ^= octet;
            for (var bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ (0xEDB88320 & (0 - (crc & 1)));
        }

        return crc;
    }
}
