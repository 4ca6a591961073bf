using Faxbot.Documents.Export;
using Faxbot.Imaging.Pages;
using Faxbot.Testing.Faxes;
using SkiaSharp;

namespace Faxbot.Documents.Tests.Export;

public sealed class PagePngTests
{
    [Theory]
    [InlineData(FaxResolution.Standard, 1728)]
    [InlineData(FaxResolution.Fine, 1728)]
    [InlineData(FaxResolution.Superfine, 1724)]
    public void An_independent_decoder_sees_exactly_the_bits(FaxResolution resolution, int width)
    {
        var page = SamplePages.Noise(width, 50, 0.3, 1);
        using var picture = Decode(page, resolution, squarePixels: false);
        Assert.Equal((page.Width, page.Height), (picture.Width, picture.Height));
        for (var y = 0; y < page.Height; y++)
        {
            for (var x = 0; x < page.Width; x++) Assert.Equal(page[x, y], picture.GetPixel(x, y).Red == 0);
        }
    }

    [Theory]
    [InlineData(FaxResolution.Standard, 1, 2)]
    [InlineData(FaxResolution.Fine, 1, 1)]
    [InlineData(FaxResolution.Superfine, 2, 1)]
    [InlineData(FaxResolution.R16, 1, 1)]
    [InlineData(FaxResolution.Inch200x400, 2, 1)]
    public void Pixels_are_repeated_to_look_square(FaxResolution resolution, int across, int down)
    {
        var page = SamplePages.Noise(101, 20, 0.5, 2);
        using var picture = Decode(page, resolution, squarePixels: true);
        Assert.Equal((page.Width * across, page.Height * down), (picture.Width, picture.Height));
        for (var y = 0; y < picture.Height; y++)
        {
            for (var x = 0; x < picture.Width; x++) Assert.Equal(page[x / across, y / down], picture.GetPixel(x, y).Red == 0);
        }
    }

    [Fact]
    public void A_page_without_rows_is_refused() =>
        Assert.Throws<InvalidDataException>(() => Decode(new PageBitmap(1728, 0), FaxResolution.Fine, false));

    private static SKBitmap Decode(PageBitmap page, FaxResolution resolution, bool squarePixels)
    {
        using var png = new MemoryStream();
        using var document = new BitmapDocument(resolution, page);
        using var reader = document.OpenPage(0);
        PagePng.Write(reader, png, squarePixels);
        return SKBitmap.Decode(png.ToArray());
    }
}
