using Faxbot.Imaging.Pages;
using Faxbot.Imaging.Tests.T4;
using Faxbot.Imaging.Tiff;

namespace Faxbot.Imaging.Tests.Tiff;

public class ForeignTiffTests
{
    private const int Width = 200;
    private const int Height = 150;

    public static TheoryData<string[]> Copies => new([
        ["-c", "none"],
        ["-c", "none", "-B"],
        ["-c", "lzw", "-r", "16"],
        ["-c", "lzw:2"],
        ["-c", "zip", "-r", "1"],
        ["-c", "packbits"],
        ["-c", "zip", "-t", "-w", "64", "-l", "32"],
        ["-c", "lzw", "-p", "separate"],
        ["-c", "none", "-f", "lsb2msb"],
    ]);

    [Theory]
    [MemberData(nameof(Copies))]
    public async Task Colour_is_read_as_grey_whatever_the_layout(string[] options)
    {
        var (draft, expected) = Colour();
        var raster = Load(await TiffTools.CopyAsync(draft.ToArray(), options));
        Assert.Equal((Width, Height, 150.0, 75.0), (raster.Width, raster.Height, raster.DpiAcross!.Value, raster.DpiDown!.Value));
        for (var i = 0; i < expected.Length; i++) Assert.InRange(raster.Samples.Span[i], expected[i] - 1, expected[i] + 1);
    }

    [Fact]
    public async Task Jpeg_is_read()
    {
        var draft = new TiffDraft();
        var smooth = Enumerable.Range(0, Width * Height).Select(i => (byte)((i % Width / 2) + (i / Width / 2) + 40)).ToArray();
        var file = draft.AddPage(Grey(draft, Width, Height, smooth)).ToArray();
        var raster = Load(await TiffTools.CopyAsync(file, "-c", "jpeg:90"));
        for (var i = 0; i < smooth.Length; i++) Assert.InRange(raster.Samples.Span[i], smooth[i] - 6, smooth[i] + 6);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(FaxCoding.Mh)]
    [InlineData(FaxCoding.Mmr)]
    public void Black_and_white_is_read_too(FaxCoding? coding)
    {
        var page = Pictures.Make(1700, 100, 20, 50, 1);
        var raster = Load(TiffFiles.Write(coding, FaxResolution.Inch200, null, page));
        for (var y = 0; y < 100; y++)
            for (var x = 0; x < 1700; x++) Assert.Equal(page[x, y] ? 0 : 255, raster.Samples.Span[(y * 1700) + x]);
    }

    [Theory]
    [InlineData(1, "123456", 3)]
    [InlineData(2, "321654", 3)]
    [InlineData(3, "654321", 3)]
    [InlineData(4, "456123", 3)]
    [InlineData(5, "142536", 2)]
    [InlineData(6, "415263", 2)]
    [InlineData(7, "635241", 2)]
    [InlineData(8, "362514", 2)]
    public void Pages_are_turned_upright(ushort orientation, string expected, int width)
    {
        var draft = new TiffDraft();
        var page = Grey(draft, 3, 2, [1, 2, 3, 4, 5, 6]).Set(274, 3, orientation).Set(282, 5, 300, 1).Set(283, 5, 100, 1);
        var raster = Load(draft.AddPage(page).ToArray());
        Assert.Equal(width, raster.Width);
        Assert.Equal(expected, string.Concat(raster.Samples.ToArray()));
        Assert.Equal(width == 3 ? (300.0, 100.0) : (100.0, 300.0), (raster.DpiAcross!.Value, raster.DpiDown!.Value));
    }

    [Theory]
    [InlineData(3, 118, 299.72)]
    [InlineData(2, 118, 118.0)]
    [InlineData(1, 118, null)]
    public void Resolution_is_per_inch_or_unknown(ushort unit, uint value, double? expected)
    {
        var draft = new TiffDraft();
        var raster = Load(draft.AddPage(Grey(draft, 3, 2, [1, 2, 3, 4, 5, 6]).Set(282, 5, value, 1).Set(296, 3, unit)).ToArray());
        Assert.Equal(expected, raster.DpiAcross is { } dpi ? Math.Round(dpi, 2) : null);
        Assert.Null(raster.DpiDown);
    }

    [Fact]
    public void Transparency_is_paper()
    {
        var draft = new TiffDraft();
        // ExtraSamples 2: colours not multiplied by alpha. Black through all degrees of transparency.
        var offset = draft.Append(0, 0, 0, 255, 0, 0, 0, 0, 0, 0, 0, 128, 255, 255, 255, 0);
        var page = Grey(draft, 4, 1, []).Set(258, 3, 8, 8, 8, 8).Set(262, 3, 2).Set(273, 4, offset)
            .Set(277, 3, 4).Set(279, 4, 16).Set(338, 3, 2);
        Assert.Equal([0, 255, 127, 255], Load(draft.AddPage(page).ToArray()).Samples.ToArray());
    }

    [Fact]
    public void Every_page_is_loaded_by_itself()
    {
        var draft = new TiffDraft();
        var thumbnail = Grey(draft, 1, 1, [9]).Set(254, 4, 1);
        draft.AddPage(Grey(draft, 1, 1, [1])).AddPage(thumbnail).AddPage(Grey(draft, 2, 1, [2, 3]));
        Assert.Equal(TiffError.None, ForeignTiff.TryOpen(new MemoryStream(draft.ToArray()), out var document));
        using (document)
        {
            Assert.Equal(2, document!.PageCount);
            Assert.Equal([2, 3], LoadPage(document, 1).Samples.ToArray());
            Assert.Equal([1], LoadPage(document, 0).Samples.ToArray());
        }
    }

    [Fact]
    public async Task Damaged_data_is_refused_and_never_half_a_page()
    {
        var (draft, _) = Colour();
        var file = await TiffTools.CopyAsync(draft.ToArray(), "-c", "zip");
        file.AsSpan(2000, 100).Clear();
        Assert.Equal(TiffError.None, ForeignTiff.TryOpen(new MemoryStream(file), out var document));
        using (document) Assert.Equal(TiffError.Undecodable, document!.TryLoad(0, out _));
    }

    public static TheoryData<TiffError, ushort, uint> Defects => new()
    {
        { TiffError.BadDimension, 256, 0 },
        { TiffError.BadDimension, 257, uint.MaxValue },
        { TiffError.TooLarge, 257, 131_072 },
        { TiffError.BadDirectory, 277, 0 },
        { TiffError.BadDirectory, 277, 60_000 },
        { TiffError.BadDirectory, 258, 0 },
        { TiffError.BadDirectory, 322, 1 },
        { TiffError.Truncated, 279, uint.MaxValue },
        { TiffError.Truncated, 273, uint.MaxValue },
    };

    [Theory]
    [MemberData(nameof(Defects))]
    public void A_defect_in_a_tag_is_named(TiffError expected, ushort tag, uint value)
    {
        var draft = new TiffDraft();
        var file = draft.AddPage(Grey(draft, 1000, 2, new byte[2000]).Set(tag, 4, value)).ToArray();
        Assert.Equal(expected, ForeignTiff.TryOpen(new MemoryStream(file), out _));
    }

    [Fact]
    public void Loops_and_too_many_pages_are_refused()
    {
        var draft = new TiffDraft();
        draft.AddPage(Grey(draft, 1, 1, [1])).AddPage(Grey(draft, 1, 1, [1]));
        var options = new ForeignTiffOptions { MaxPages = 1 };
        Assert.Equal(TiffError.TooManyPages, ForeignTiff.TryOpen(new MemoryStream(draft.ToArray()), out _, options));
        draft.Write32(draft.Link, BitConverter.ToUInt32(draft.ToArray(), 4));
        Assert.Equal(TiffError.LoopInPages, ForeignTiff.TryOpen(new MemoryStream(draft.ToArray()), out _));
    }

    /// <summary>A page of random colours, and what it is in grey.</summary>
    internal static (TiffDraft Draft, byte[] Grey) Colour()
    {
        var draft = new TiffDraft();
        var pixels = new byte[Width * Height * 3];
        new Random(1).NextBytes(pixels);
        var grey = new byte[Width * Height];
        for (var i = 0; i < grey.Length; i++)
            grey[i] = (byte)Math.Round((0.299 * pixels[i * 3]) + (0.587 * pixels[(i * 3) + 1]) + (0.114 * pixels[(i * 3) + 2]));
        var offset = draft.Append(pixels);
        draft.AddPage(Grey(draft, Width, Height, []).Set(258, 3, 8, 8, 8).Set(262, 3, 2).Set(273, 4, offset).Set(277, 3, 3)
            .Set(279, 4, (uint)pixels.Length).Set(282, 5, 150, 1).Set(283, 5, 75, 1).Set(284, 3, 1));
        return (draft, grey);
    }

    private static TiffDraftPage Grey(TiffDraft draft, int width, int height, byte[] samples)
    {
        var offset = draft.Append(samples);
        return TiffDraftPage.Uncompressed(width, height, offset, (uint)samples.Length)
            .Set(258, 3, 8).Set(262, 3, 1).Without(282).Without(283);
    }

    private static GreyRaster Load(byte[] file)
    {
        Assert.Equal(TiffError.None, ForeignTiff.TryOpen(new MemoryStream(file), out var document));
        using (document) return LoadPage(document!, 0);
    }

    private static GreyRaster LoadPage(ForeignTiff document, int index)
    {
        Assert.Equal(TiffError.None, document.TryLoad(index, out var raster));
        return raster!;
    }
}
