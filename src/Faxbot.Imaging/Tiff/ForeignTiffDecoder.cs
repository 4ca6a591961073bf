using LibTiff = BitMiracle.LibTiff.Classic;

namespace Faxbot.Imaging.Tiff;

/// <summary>Decodes the page that LibTiff.NET stands at, strip by strip or tile by tile, to grey.</summary>
internal sealed class ForeignTiffDecoder(LibTiff.Tiff tiff, ForeignTiffPage page)
{
    /// <summary>Fills <paramref name="samples"/> with the rows as they stand in the file.</summary>
    public bool TryDecode(byte[] samples)
    {
        // The library must agree about the size, or its rows would not fit.
        if (Number(LibTiff.TiffTag.IMAGEWIDTH) != page.Width || Number(LibTiff.TiffTag.IMAGELENGTH) != page.Height) return false;
        // The library turns pictures over but cannot turn them by 90 degrees: all of that is done elsewhere.
        tiff.SetField(LibTiff.TiffTag.ORIENTATION, LibTiff.Orientation.TOPLEFT);
        return tiff.IsTiled() ? TryDecodeTiles(samples) : TryDecodeStrips(samples);
    }

    private bool TryDecodeStrips(byte[] samples)
    {
        var declared = Number(LibTiff.TiffTag.ROWSPERSTRIP);
        var rowsPerStrip = declared <= 0 || declared > page.Height ? page.Height : declared;
        var pixels = new int[rowsPerStrip * page.Width];
        for (var y = 0; y < page.Height; y += rowsPerStrip)
        {
            if (!tiff.ReadRGBAStrip(y, pixels)) return false;
            var rows = Math.Min(rowsPerStrip, page.Height - y);
            // The library's rows go from bottom to top.
            for (var row = 0; row < rows; row++)
                ToGrey(pixels.AsSpan((rows - 1 - row) * page.Width, page.Width), samples.AsSpan((y + row) * page.Width));
        }

        return true;
    }

    private bool TryDecodeTiles(byte[] samples)
    {
        var (width, length) = (Number(LibTiff.TiffTag.TILEWIDTH), Number(LibTiff.TiffTag.TILELENGTH));
        if (width <= 0 || length <= 0) return false;
        var pixels = new int[width * length];
        for (var y = 0; y < page.Height; y += length)
        {
            for (var x = 0; x < page.Width; x += width)
            {
                if (!tiff.ReadRGBATile(x, y, pixels)) return false;
                var (columns, rows) = (Math.Min(width, page.Width - x), Math.Min(length, page.Height - y));
                for (var row = 0; row < rows; row++)
                    ToGrey(pixels.AsSpan((length - 1 - row) * width, columns), samples.AsSpan(((y + row) * page.Width) + x));
            }
        }

        return true;
    }

    private int Number(LibTiff.TiffTag tag) => tiff.GetFieldDefaulted(tag) is [var value, ..] ? value.ToInt() : 0;

    private static void ToGrey(ReadOnlySpan<int> pixels, Span<byte> samples)
    {
        for (var i = 0; i < pixels.Length; i++)
        {
            // Colours come multiplied by their alpha: what is left of it is paper. The weights are those of ITU-R BT.601, in 1/65536.
            var pixel = (uint)pixels[i];
            var (red, green, blue, alpha) = (pixel & 0xFF, (pixel >> 8) & 0xFF, (pixel >> 16) & 0xFF, pixel >> 24);
            var grey = ((red * 19595) + (green * 38470) + (blue * 7471) + 32768) >> 16;
            samples[i] = (byte)Math.Min(grey + (255 - alpha), 255);
        }
    }
}
