using System.Drawing;
using Faxbot.Documents.Tests.Support;
using Faxbot.Imaging.Pages;
using SkiaSharp;

namespace Faxbot.Documents.Tests;

public sealed class PictureRenderingTests : IDisposable
{
    private readonly RenderBench _bench = new();

    [Theory]
    [InlineData("interlaced.png")]
    [InlineData("grey16.png")]
    [InlineData("transparent.png")]
    [InlineData("progressive.jpg")]
    [InlineData("cmyk.jpg")]
    [InlineData("orientation1.jpg")]
    [InlineData("orientation2.jpg")]
    [InlineData("orientation3.jpg")]
    [InlineData("orientation4.jpg")]
    [InlineData("orientation5.jpg")]
    [InlineData("orientation6.jpg")]
    [InlineData("orientation7.jpg")]
    [InlineData("orientation8.jpg")]
    public async Task A_picture_of_any_kind_comes_out_upright(string name)
    {
        foreach (var resolution in (FaxResolution[])[FaxResolution.Fine, FaxResolution.Superfine])
        {
            var pages = await _bench.PagesOfAsync(new RenderOptions { Resolution = resolution }, RenderBench.Corpus(name));
            TestPicture.AssertOn(Assert.Single(pages), resolution);
        }
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(0, 8)]
    [InlineData(2, 8)]
    [InlineData(2, 16)]
    [InlineData(3, 2)]
    [InlineData(3, 8)]
    [InlineData(4, 8)]
    [InlineData(6, 8)]
    [InlineData(6, 16)]
    public async Task A_PNG_of_any_colour_type_and_depth_is_drawn(byte colourType, byte depth)
    {
        var file = TestPng.Write(_bench.Of("picture.png"), TestPicture.Width, TestPicture.Height, depth, colourType, y => PngRow(y, colourType, depth),
            colourType == 3 ? [0, 0, 0, 128, 128, 128, 255, 255, 255] : null);
        TestPicture.AssertOn(Assert.Single(await _bench.PagesOfAsync(null, file)));
    }

    [Fact]
    public async Task A_coloured_JPEG_is_drawn_by_its_light()
    {
        // Red and blue of the same light as the grey.
        using var bitmap = new SKBitmap(TestPicture.Width, TestPicture.Height);
        for (var y = 0; y < bitmap.Height; y++)
        {
            for (var x = 0; x < bitmap.Width; x++)
                bitmap.SetPixel(x, y, TestPicture.Level(x, y) switch { 0 => SKColors.Black, 255 => SKColors.White, _ => x < 185 ? new SKColor(255, 74, 74) : new SKColor(110, 110, 255) });
        }

        using var jpeg = bitmap.Encode(SKEncodedImageFormat.Jpeg, 95);
        TestPicture.AssertOn(Assert.Single(await _bench.PagesOfAsync(null, _bench.Put("colour.jpg", jpeg.AsSpan()))));
    }

    [Fact]
    public async Task A_wide_picture_is_turned_and_fills_the_page()
    {
        var file = TestPng.Write(_bench.Of("wide.png"), 2400, 1200, 8, 0, y => [.. Enumerable.Range(0, 2400).Select(x => x < 12 || x >= 2388 || y < 12 || y >= 1188 || (x < 400 && y < 400) ? (byte)0 : (byte)255)]);
        var outcome = await _bench.RenderAsync(null, file);
        Assert.True(Assert.Single(outcome.Pages).IsTurned);
        var frame = _bench.Pages[0].Bounds();
        Assert.True(frame.Height > 1900);
        // All four sides are there; its upper left corner is the lower left one now.
        foreach (var side in (Rectangle[])[frame with { Width = 5 }, frame with { Height = 5 }, new(frame.Right - 5, frame.Top, 5, frame.Height), new(frame.Left, frame.Bottom - 5, frame.Width, 5)])
            Assert.True(_bench.Pages[0].Share(side) > 0.95);
        Assert.True(_bench.Pages[0].Share(new Rectangle(frame.Left, frame.Bottom - 250, 250, 250)) > 0.95);
        Assert.True(_bench.Pages[0].Share(new Rectangle(frame.Left + 40, frame.Top + 40, 250, 250)) < 0.05);
    }

    [Theory]
    [InlineData(PaperSize.A4, 2287)]
    [InlineData(PaperSize.Letter, 2151)]
    [InlineData(PaperSize.Legal, 2738)]
    public async Task A_picture_lies_on_the_paper_that_is_asked_for(PaperSize paper, int rows)
    {
        var page = Assert.Single(await _bench.PagesOfAsync(new RenderOptions { Paper = paper }, RenderBench.Corpus("grey16.png")));
        Assert.Equal(rows, page.Height);
        TestPicture.AssertOn(page);
    }

    [Theory]
    [InlineData("orientation1.jpg")]
    [InlineData("grey16.png")]
    [InlineData("colour-lzw.tif")]
    public async Task A_picture_of_more_pixels_than_allowed_is_refused(string name)
    {
        var error = await _bench.ErrorOfAsync(new RenderOptions { Limits = new RenderLimits { ImagePixels = (TestPicture.Width * TestPicture.Height) - 1 } }, RenderBench.Corpus(name));
        Assert.Equal(DocumentErrorClass.TooLarge, error.Class);
    }

    [Fact]
    public async Task A_JPEG_that_claims_too_many_pixels_is_never_decoded()
    {
        var jpeg = await File.ReadAllBytesAsync(RenderBench.Corpus("orientation1.jpg"), TestContext.Current.CancellationToken);
        // T.81 B.2.2: height and width follow the frame header's marker, length and precision.
        var frame = jpeg.AsSpan().IndexOf<byte>([0xFF, 0xC0]);
        jpeg.AsSpan(frame + 5, 4).Fill(0xF0);
        Assert.Equal(DocumentErrorClass.TooLarge, (await _bench.ErrorOfAsync(null, _bench.Put("bomb.jpg", jpeg))).Class);
    }

    public void Dispose() => _bench.Dispose();

    private static byte[] PngRow(int y, byte colourType, byte depth)
    {
        var bits = new List<bool>();
        for (var x = 0; x < TestPicture.Width; x++)
        {
            var level = TestPicture.Level(x, y);
            if (colourType == 3) Add(level / 127, depth);
            for (var sample = 0; sample < (colourType is 2 or 6 ? 3 : colourType == 3 ? 0 : 1); sample++) Add(IsTransparent(level) ? 0 : level * ((1 << depth) - 1) / 255, depth);
            if (colourType is 4 or 6) Add(IsTransparent(level) ? 0 : (1 << depth) - 1, depth);
        }

        return [.. bits.Chunk(8).Select(octet => (byte)octet.Aggregate(0, (value, bit) => (value << 1) | (bit ? 1 : 0)))];

        // With alpha, paper is what shines through black that is not there.
        bool IsTransparent(byte level) => colourType is 4 or 6 && level == 255;

        void Add(int value, int count)
        {
            for (var bit = count - 1; bit >= 0; bit--) bits.Add(((value >> bit) & 1) != 0);
        }
    }
}
