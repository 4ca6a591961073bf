using Faxbot.Documents.Grey;
using SkiaSharp;

namespace Faxbot.Documents.Images;

/// <summary>Decodes PNG and JPEG to grey. Sizes are checked before anything is decoded; only a band of colour is ever held.</summary>
internal static class PictureDecoder
{
    private const int LongestSide = 1 << 16;
    private const int RowsAtOnce = 64;

    /// <summary>Checks a picture's header: nothing is decoded.</summary>
    public static void Check(string name, Stream content, RenderLimits limits)
    {
        using var codec = Open(name, content);
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if (width <= 0 || height <= 0) throw Damaged(name);
        if (width > LongestSide || height > LongestSide || (long)width * height > limits.ImagePixels)
        {
            throw new DocumentException(DocumentErrorClass.TooLarge,
                $"{name} has {width} x {height} pixels; {limits.ImagePixels} in all are allowed. Reduce it and send that.");
        }
    }

    /// <summary>Decodes a picture that was checked, and turns it upright (EXIF orientation). Transparent parts become white.</summary>
    public static Picture Decode(string name, Stream content, CancellationToken cancel)
    {
        using var codec = Open(name, content);
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        var pixels = new GreyPage(width, height);
        try
        {
            var info = new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
            if (codec.StartScanlineDecode(info) == SKCodecResult.Success && codec.ScanlineOrder == SKCodecScanlineOrder.TopDown)
                DecodeRows(name, codec, info, pixels, cancel);
            else
                DecodeWhole(name, codec, info, pixels);
            return new Picture(Upright(pixels, codec.EncodedOrigin));
        }
        catch
        {
            pixels.Dispose();
            throw;
        }
    }

    private static SKCodec Open(string name, Stream content)
    {
        content.Position = 0;
        return SKCodec.Create(new SKManagedStream(content, disposeManagedStream: false)) ?? throw Damaged(name);
    }

    private static void DecodeRows(string name, SKCodec codec, SKImageInfo info, GreyPage pixels, CancellationToken cancel)
    {
        using var band = new SKBitmap(info.WithSize(pixels.Width, RowsAtOnce));
        for (var y = 0; y < pixels.Height; y += RowsAtOnce)
        {
            cancel.ThrowIfCancellationRequested();
            var rows = Math.Min(RowsAtOnce, pixels.Height - y);
            if (codec.GetScanlines(band.GetPixels(), rows, band.RowBytes) != rows) throw Damaged(name);
            for (var row = 0; row < rows; row++) ToGrey(band.GetPixelSpan()[(row * band.RowBytes)..], pixels.Row(y + row));
        }
    }

    // Interlaced files: their rows do not come in order.
    private static void DecodeWhole(string name, SKCodec codec, SKImageInfo info, GreyPage pixels)
    {
        using var bitmap = new SKBitmap(info);
        if (codec.GetPixels(info, bitmap.GetPixels()) != SKCodecResult.Success) throw Damaged(name);
        for (var y = 0; y < pixels.Height; y++) ToGrey(bitmap.GetPixelSpan().Slice(y * bitmap.RowBytes), pixels.Row(y));
    }

    // Rec. 601 weights in 1/256, as poppler has them; what shines through is paper.
    private static void ToGrey(ReadOnlySpan<byte> rgba, Span<byte> grey)
    {
        for (var x = 0; x < grey.Length; x++)
        {
            var (red, green, blue, alpha) = (rgba[4 * x], rgba[(4 * x) + 1], rgba[(4 * x) + 2], rgba[(4 * x) + 3]);
            var level = ((77 * red) + (150 * green) + (29 * blue)) >> 8;
            grey[x] = (byte)(255 - (((255 - level) * alpha * 257 + 32768) >> 16));
        }
    }

    private static GreyPage Upright(GreyPage pixels, SKEncodedOrigin origin)
    {
        if (origin is SKEncodedOrigin.TopLeft or SKEncodedOrigin.Default) return pixels;
        using (pixels)
        {
            var (width, height) = (pixels.Width, pixels.Height);
            var isTransposed = origin >= SKEncodedOrigin.LeftTop;
            var upright = isTransposed ? new GreyPage(height, width) : new GreyPage(width, height);
            // EXIF 2.3, tag Orientation: where the first row and the first column of the file are seen.
            var mirrorsColumns = origin is SKEncodedOrigin.TopRight or SKEncodedOrigin.BottomRight or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom;
            var mirrorsRows = origin is SKEncodedOrigin.BottomRight or SKEncodedOrigin.BottomLeft or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
            for (var y = 0; y < upright.Height; y++)
            {
                var row = upright.Row(y);
                var fileY = mirrorsRows ? upright.Height - 1 - y : y;
                for (var x = 0; x < row.Length; x++)
                {
                    var fileX = mirrorsColumns ? row.Length - 1 - x : x;
                    row[x] = isTransposed ? pixels.Row(fileX)[fileY] : pixels.Row(fileY)[fileX];
                }
            }

            return upright;
        }
    }

    private static DocumentException Damaged(string name) =>
        new(DocumentErrorClass.Corrupt, $"{name} is damaged: the picture in it cannot be decoded to its end. Save it again and send that.");
}
