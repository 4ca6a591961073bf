using Faxbot.Imaging.Pages;
using Faxbot.Imaging.Tiff;

namespace Faxbot.Fuzz.Targets;

/// <summary>
/// TIFF-F files. Each page gives as many rows as it says or tells how many are missing, and what was read comes out the same
/// when it is written and read again.
/// </summary>
internal sealed class TiffTarget : IFuzzTarget
{
    private const int MostPixels = 200_000;
    private static readonly TiffReadOptions Options =
        new() { MaxPages = 8, MaxWidth = 4096, MaxRows = 4096, MaxPixels = MostPixels, AnyWidth = true };

    public string Name => "tiff";

    public IEnumerable<byte[]> Seeds
    {
        get
        {
            foreach (var coding in new FaxCoding?[] { null, FaxCoding.Mh, FaxCoding.Mr, FaxCoding.Mmr })
            {
                yield return Write(coding, new TiffWriteOptions(), pages: 1);
                var options = new TiffWriteOptions { LeastSignificantFirst = true, Written = DateTimeOffset.UnixEpoch };
                yield return Write(coding, options, pages: 3);
            }

            yield return ThreeStrips(bigEndian: false);
            yield return ThreeStrips(bigEndian: true);
        }
    }

    public IEnumerable<byte[]> Tokens =>
        ["II*\0"u8.ToArray(), "MM\0*"u8.ToArray(), [0, 0x10, 0x01], [0x11, 1, 3, 0], [0x17, 1, 4, 0], [0x16, 1, 3, 0]];

    public int MaxLength => 2048;

    /// <summary>A decoder a strip, and no more rows than pixels.</summary>
    public long MaxAllocation => 16 << 20;

    public void Run(ReadOnlySpan<byte> input)
    {
        if (TiffFaxDocument.TryOpen(new MemoryStream(input.ToArray()), out var document, Options) != TiffError.None) return;
        using (document)
        {
            for (var i = 0; i < document!.PageCount; i++) RunPage(document, i);
        }
    }

    private static void RunPage(TiffFaxDocument document, int index)
    {
        var page = document.Pages[index];
        var bitmap = new PageBitmap(page.Format.Width, page.Rows);
        using var reader = document.OpenPage(index);
        var rows = 0;
        while (rows < page.Rows && reader.TryReadRow(bitmap.Row(rows))) rows++;
        if (reader.TryReadRow(new byte[bitmap.Stride])) throw new InvalidOperationException($"More than {page.Rows} rows.");
        if (rows + reader.MissingRows != page.Rows)
            throw new InvalidOperationException($"{rows} rows, {reader.MissingRows} missing of {page.Rows}.");
        if (document.TryOpenCoded(index, out var coded))
        {
            Span<byte> octets = stackalloc byte[256];
            while (coded!.Read(octets) > 0)
            {
            }
        }

        if (rows > 0) CheckAgain(page.Format, bitmap, rows);
    }

    private static void CheckAgain(PageFormat format, PageBitmap bitmap, int rows)
    {
        var stream = new MemoryStream();
        using (var writer = new TiffFaxWriter(stream, leaveOpen: true))
        {
            writer.BeginPage(format, FaxCoding.Mmr);
            for (var y = 0; y < rows; y++) writer.WriteRow(bitmap.Row(y));
            writer.EndPage();
        }

        stream.Position = 0;
        var error = TiffFaxDocument.TryOpen(stream, out var document, Options);
        if (error != TiffError.None) throw new InvalidOperationException($"Written again it is {error}.");
        using var reader = document!.OpenPage(0);
        var row = new byte[bitmap.Stride];
        for (var y = 0; y < rows; y++)
        {
            if (!reader.TryReadRow(row) || !row.AsSpan().SequenceEqual(bitmap.Row(y)))
                throw new InvalidOperationException($"Written again row {y} differs.");
        }
    }

    private static byte[] Write(FaxCoding? coding, TiffWriteOptions options, int pages)
    {
        var stream = new MemoryStream();
        using var writer = new TiffFaxWriter(stream, options, leaveOpen: true);
        var row = new byte[8];
        for (var i = 0; i < pages; i++)
        {
            var format = new PageFormat(61, FaxResolution.Fine);
            if (coding is { } known) writer.BeginPage(format, known);
            else writer.BeginUncompressedPage(format);
            for (var y = 0; y < 12; y++)
            {
                row[(y + i) % 8] ^= (byte)(0x3C << (y % 3));
                writer.WriteRow(row);
            }

            writer.EndPage(badRows: i);
        }

        writer.Complete();
        return stream.ToArray();
    }

    private static byte[] ThreeStrips(bool bigEndian)
    {
        var file = new SeedTiff(bigEndian);
        var strips = Enumerable.Range(0, 3).Select(i => file.Append([(byte)(0x11 << i), 0xF0, 0, 0xFF, 0x81, (byte)i, 7, 0])).ToArray();
        return file.AddDirectory(
            (256, 3, [16]), (257, 3, [12]), (258, 3, [1]), (259, 3, [1]), (262, 3, [1]), (266, 3, [2]), (273, 4, strips), (277, 3, [1]),
            (278, 4, [4]), (279, 3, [8, 8, 8]), (282, 5, [204, 1]), (283, 5, [98, 1]), (296, 3, [2])).ToArray();
    }
}
