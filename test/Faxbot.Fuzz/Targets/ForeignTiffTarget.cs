using Faxbot.Imaging.Tiff;

namespace Faxbot.Fuzz.Targets;

/// <summary>TIFF files of other kinds: what LibTiff.NET does with damaged ones stays behind the reader's checks.</summary>
internal sealed class ForeignTiffTarget : IFuzzTarget
{
    private static readonly ForeignTiffOptions Options = new() { MaxPages = 8, MaxPixels = 50_000 };

    public string Name => "foreign-tiff";

    public IEnumerable<byte[]> Seeds
    {
        get
        {
            yield return Grey(1, [.. Enumerable.Range(0, 64).Select(i => (byte)(i * 4))]);
            // PackBits: eight times a run of eight.
            yield return Grey(32_773, [.. Enumerable.Range(0, 8).SelectMany(i => new byte[] { 0xF9, (byte)(i * 30) })]);
            // LZW: clear, 0, 1, 2 ..., end, in codes of nine bits.
            yield return Grey(5, Lzw());
            yield return Grey(4, [0x26, 0xA0, 0x9B, 0x00, 0x10, 0x01], bits: 1);
            yield return Colour(tiled: false);
            yield return Colour(tiled: true);
            yield return Palette();
        }
    }

    public IEnumerable<byte[]> Tokens =>
        [[3, 1, 3, 0], [0x42, 1, 3, 0], [0x44, 1, 4, 0], [6, 1, 3, 0], [0x12, 1, 3, 0], [0x3D, 1, 3, 0], [0x52, 1, 3, 0], [0x5B, 1, 7, 0]];

    public int MaxLength => 2048;

    public long MaxAllocation => 32 << 20;

    public void Run(ReadOnlySpan<byte> input)
    {
        if (ForeignTiff.TryOpen(new MemoryStream(input.ToArray()), out var document, Options) != TiffError.None) return;
        using (document)
        {
            for (var i = 0; i < document!.PageCount; i++)
            {
                if (document.TryLoad(i, out var raster) != TiffError.None) continue;
                if (raster!.Samples.Length != raster.Width * raster.Height)
                    throw new InvalidOperationException("The samples do not fit the size.");
            }
        }
    }

    private static byte[] Grey(uint compression, byte[] data, uint bits = 8)
    {
        var file = new SeedTiff(bigEndian: false);
        var offset = file.Append(data);
        return file.AddDirectory(
            (256, 3, [8]), (257, 3, [8]), (258, 3, [bits]), (259, 3, [compression]), (262, 3, [1]), (273, 4, [offset]), (277, 3, [1]),
            (278, 3, [8]), (279, 4, [(uint)data.Length]), (282, 5, [300, 1]), (283, 5, [300, 1]), (296, 3, [2])).ToArray();
    }

    private static byte[] Colour(bool tiled)
    {
        var file = new SeedTiff(bigEndian: true);
        var size = tiled ? 16u * 16 * 3 : 8 * 8 * 3;
        var offset = file.Append([.. Enumerable.Range(0, (int)size).Select(i => (byte)(i * 7))]);
        return tiled
            ? file.AddDirectory(
                (256, 3, [8]), (257, 3, [8]), (258, 3, [8, 8, 8]), (259, 3, [1]), (262, 3, [2]), (274, 3, [6]), (277, 3, [3]),
                (284, 3, [1]), (322, 3, [16]), (323, 3, [16]), (324, 4, [offset]), (325, 4, [size])).ToArray()
            : file.AddDirectory(
                (256, 3, [8]), (257, 3, [8]), (258, 3, [8, 8, 8]), (259, 3, [1]), (262, 3, [2]), (273, 4, [offset]), (277, 3, [3]),
                (278, 3, [8]), (279, 4, [size]), (284, 3, [1])).ToArray();
    }

    private static byte[] Palette()
    {
        var file = new SeedTiff(bigEndian: false);
        var offset = file.Append([.. Enumerable.Range(0, 32).Select(i => (byte)(i * 9))]);
        return file.AddDirectory(
            (256, 3, [8]), (257, 3, [8]), (258, 3, [4]), (259, 3, [1]), (262, 3, [3]), (273, 4, [offset]), (277, 3, [1]), (278, 3, [8]),
            (279, 4, [32]), (320, 3, [.. Enumerable.Range(0, 48).Select(i => (uint)i * 1300)])).ToArray();
    }

    private static byte[] Lzw()
    {
        const int Clear = 256, End = 257;
        var codes = Enumerable.Range(0, 64).Prepend(Clear).Append(End);
        var bits = codes.SelectMany(code => Enumerable.Range(0, 9).Select(i => (code >> (8 - i)) & 1));
        return [.. bits.Chunk(8).Select(octet => (byte)octet.Select((bit, i) => bit << (7 - i)).Sum())];
    }
}
