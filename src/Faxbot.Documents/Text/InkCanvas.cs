using Faxbot.Imaging.Pages;
using SkiaSharp;

namespace Faxbot.Documents.Text;

/// <summary>Draws letters without grey edges into a part of a fax page. Not thread-safe.</summary>
internal sealed class InkCanvas : IDisposable
{
    private readonly SKBitmap _bitmap;
    private readonly SKCanvas _canvas;
    private readonly SKPaint _ink = new() { Color = SKColors.Black, IsAntialias = false };

    public InkCanvas(int width, int height)
    {
        _bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Gray8, SKAlphaType.Opaque));
        _canvas = new SKCanvas(_bitmap);
        Clear();
    }

    /// <summary>A font whose pixels are as a fax has them, not square: <paramref name="height"/> is in rows.</summary>
    public static SKFont Font(SKTypeface typeface, float height, double dpiAcross, double dpiDown) =>
        new(typeface, height, (float)(dpiAcross / dpiDown)) { Edging = SKFontEdging.Alias, Hinting = SKFontHinting.Normal, Subpixel = false };

    public void Clear() => _canvas.Clear(SKColors.White);

    /// <summary>Draws text whose first letter begins at <paramref name="x"/> and stands on the row <paramref name="baseline"/>.</summary>
    public void Draw(string text, float x, float baseline, SKFont font) => _canvas.DrawText(text, MathF.Round(x), baseline, SKTextAlign.Left, font, _ink);

    /// <summary>Adds what was drawn to a page's rows, from row <paramref name="top"/> on.</summary>
    public void CopyTo(PageBitmap page, int top)
    {
        var pixels = _bitmap.GetPixelSpan();
        for (var y = 0; y < _bitmap.Height && top + y < page.Height; y++)
        {
            var row = page.Row(top + y);
            var grey = pixels.Slice(y * _bitmap.RowBytes, Math.Min(_bitmap.Width, page.Width));
            for (var x = grey.IndexOfAnyExcept((byte)255); x >= 0; x = Next(grey, x + 1))
            {
                if (grey[x] < 128) row[x >> 3] |= (byte)(0x80 >> (x & 7));
            }
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _ink.Dispose();
        _canvas.Dispose();
        _bitmap.Dispose();
    }

    private static int Next(ReadOnlySpan<byte> grey, int from)
    {
        var found = grey[from..].IndexOfAnyExcept((byte)255);
        return found < 0 ? -1 : from + found;
    }
}
