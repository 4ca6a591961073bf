using System.Drawing;
using Faxbot.Documents.Tests.Support;
using Faxbot.Imaging.Pages;
using Faxbot.Testing;
using Faxbot.Testing.Processes;

namespace Faxbot.Documents.Tests;

public sealed class TiffRenderingTests : IDisposable
{
    private static readonly HeaderLine Header = new("Clinic", "+1 555 0100", "Lab", DateTimeOffset.UnixEpoch);

    private readonly RenderBench _bench = new();

    [Theory]
    [InlineData(FaxResolution.Standard)]
    [InlineData(FaxResolution.Fine)]
    [InlineData(FaxResolution.Superfine)]
    public async Task A_fax_at_the_resolution_asked_for_keeps_each_bit(FaxResolution resolution)
    {
        var fax = await FaxAsync(resolution);
        var sent = _bench.Pages;
        foreach (var quality in Enum.GetValues<RenderQuality>())
        {
            var outcome = await _bench.RenderAsync(new RenderOptions { Resolution = resolution, Quality = quality }, fax);
            Assert.Empty(outcome.Warnings);
            Assert.Equal(3, _bench.Pages.Count);
            for (var i = 0; i < 3; i++) Assert.True(sent[i].Rows.SequenceEqual(_bench.Pages[i].Rows));
        }
    }

    [Fact]
    public async Task A_fax_with_margins_keeps_each_bit_below_a_header()
    {
        var fax = await FaxAsync(FaxResolution.Fine);
        var sent = _bench.Pages;
        var headed = await _bench.PagesOfAsync(new RenderOptions { Header = Header }, fax);
        for (var i = 0; i < 3; i++)
        {
            Assert.True(headed[i].Count(new Rectangle(0, 0, 1728, 31)) > 500);
            Assert.True(Ink.RowsEqual(sent[i], 31, headed[i], 31, sent[i].Height - 31));
        }
    }

    [Theory]
    [InlineData(FaxResolution.Fine, FaxResolution.Standard, 1076)]
    [InlineData(FaxResolution.Standard, FaxResolution.Fine, 2151)]
    [InlineData(FaxResolution.Superfine, FaxResolution.Fine, 2151)]
    [InlineData(FaxResolution.Fine, FaxResolution.R16, 4303)]
    public async Task A_fax_at_another_resolution_is_drawn_anew_at_the_same_size(FaxResolution from, FaxResolution to, int rows)
    {
        var fax = await FaxAsync(from);
        var sent = _bench.Pages[0];
        var page = (await _bench.PagesOfAsync(new RenderOptions { Resolution = to }, fax))[0];
        Assert.InRange(page.Height, rows - 1, rows + 1);
        var (before, after) = (sent.Bounds(), page.Bounds());
        Assert.Equal((double)before.Width / sent.Width, (double)after.Width / page.Width, 0.01);
        Assert.Equal((double)before.Height / sent.Height, (double)after.Height / page.Height, 0.01);
        Assert.InRange(page.Share(after) / sent.Share(before), 0.8, 1.25);
    }

    [Fact]
    public async Task A_colour_TIFF_of_several_pages_is_drawn_page_by_page()
    {
        var pages = await _bench.PagesOfAsync(null, RenderBench.Corpus("colour-lzw.tif"));
        Assert.Equal(3, pages.Count);
        Assert.All(pages, page => TestPicture.AssertOn(page));
        // 100 dpi is what the file says, so the bar is 1.5 inches long.
        Assert.InRange(pages[0].Bounds().Width, 2.2 * 200, 2.2 * 208);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("packbits")]
    [InlineData("lzw")]
    [InlineData("zip")]
    public async Task A_grey_TIFF_of_libtiff_is_drawn(string compression)
    {
        await DebianPackages.EnsureAsync("libtiff-tools");
        byte[] pixels = [.. from y in Enumerable.Range(0, TestPicture.Height) from x in Enumerable.Range(0, TestPicture.Width) select TestPicture.Level(x, y)];
        var pgm = _bench.Put("picture.pgm", [.. "P5\n240 160\n255\n"u8, .. pixels]);
        await ProcessRunner.RunSuccessfullyAsync("ppm2tiff", ["-c", compression, "-R", "100", pgm, _bench.Of("grey.tif")]);
        TestPicture.AssertOn(Assert.Single(await _bench.PagesOfAsync(null, _bench.Of("grey.tif"))));
    }

    [Fact]
    public async Task A_fax_that_was_cut_short_is_corrupt()
    {
        var fax = await File.ReadAllBytesAsync(await FaxAsync(FaxResolution.Fine), TestContext.Current.CancellationToken);
        var error = await _bench.ErrorOfAsync(null, _bench.Put("cut.tif", fax.AsSpan(0, fax.Length / 2)));
        Assert.Equal(DocumentErrorClass.Corrupt, error.Class);
    }

    public void Dispose() => _bench.Dispose();

    // The sample letter as a fax; the bench still has its pages.
    private async Task<string> FaxAsync(FaxResolution resolution)
    {
        await _bench.PagesOfAsync(new RenderOptions { Resolution = resolution }, RepositoryRoot.Of("samples", "letter.pdf"));
        var fax = _bench.Of($"{resolution}.tif");
        File.Move(_bench.Output, fax);
        return fax;
    }
}
