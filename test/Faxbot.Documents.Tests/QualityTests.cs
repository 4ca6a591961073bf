using System.Drawing;
using Faxbot.Documents.Tests.Support;
using Faxbot.Imaging.Pages;
using Faxbot.Testing;

namespace Faxbot.Documents.Tests;

public sealed class QualityTests : IDisposable
{
    private const int ScanWidth = 1700, ScanHeight = 2200; // Letter at 200 dpi.
    private static readonly Rectangle LargePhotograph = new(210, 460, 1080, 690); // Of the sample letter's third page.

    private readonly RenderBench _bench = new();

    [Fact]
    public async Task A_large_photograph_in_large_dots_takes_three_quarters_of_the_octets_at_most_and_is_as_dark()
    {
        var letter = RepositoryRoot.Of("samples", "letter.pdf");
        var automatic = (await _bench.RenderAsync(null, letter)).Pages[2];
        var coarse = _bench.Pages[2];
        var photograph = (await _bench.RenderAsync(new RenderOptions { Quality = RenderQuality.Photo }, letter)).Pages[2];
        var fine = _bench.Pages[2];
        Assert.True(automatic.CodedOctets < photograph.CodedOctets * 0.75, $"{automatic.CodedOctets} of {photograph.CodedOctets}");
        Assert.InRange(coarse.Share(LargePhotograph) - fine.Share(LargePhotograph), -0.04, 0.04);
        // Every part of it, not only the whole.
        for (var x = 0; x < 10; x++)
        {
            var part = new Rectangle(LargePhotograph.Left + (x * 108), LargePhotograph.Top, 108, LargePhotograph.Height);
            Assert.InRange(coarse.Share(part) - fine.Share(part), -0.06, 0.06);
        }
    }

    [Fact]
    public async Task Text_quality_has_no_dots_at_all()
    {
        var outcome = await _bench.RenderAsync(new RenderOptions { Quality = RenderQuality.Text }, RepositoryRoot.Of("samples", "letter.pdf"));
        Assert.All(outcome.Pages, page => Assert.Equal(0, page.DitheredShare));
        Assert.True(outcome.Pages[2].CodedOctets < 25_000);
    }

    [Fact]
    public async Task Lettering_is_the_same_bits_in_each_quality()
    {
        var file = _bench.Pdf(TestPdf.Lettered(612, 792, "The same"));
        var automatic = (await _bench.PagesOfAsync(null, file))[0];
        foreach (var quality in (RenderQuality[])[RenderQuality.Text, RenderQuality.Photo])
            Assert.True(Ink.Same(automatic, (await _bench.PagesOfAsync(new RenderOptions { Quality = quality }, file))[0]));
    }

    [Theory]
    [InlineData(30)]
    [InlineData(55)]
    [InlineData(75)]
    public async Task A_tint_has_as_much_ink_as_it_is_dark(int percent)
    {
        var file = _bench.Pdf(new TestPdfPage(612, 792, FormattableString.Invariant($"{percent / 100.0} g 100 100 400 600 re f")));
        foreach (var resolution in (FaxResolution[])[FaxResolution.Standard, FaxResolution.Fine, FaxResolution.Superfine, FaxResolution.R16])
        {
            var page = (await _bench.PagesOfAsync(new RenderOptions { Resolution = resolution }, file))[0];
            var bounds = page.Bounds();
            Assert.InRange(page.Share(Rectangle.Inflate(bounds, -16, -16)), 1 - ((percent + 4) / 100.0), 1 - ((percent - 4) / 100.0));
        }
    }

    [Fact]
    public async Task The_grey_paper_of_a_scan_becomes_white_and_its_strokes_stay_whole()
    {
        var outcome = await _bench.RenderAsync(null, Scan("scan.png", (x, y) => IsStroke(x, y) ? 60 : 215 - (x / 40)));
        var page = Assert.Single(outcome.Pages);
        Assert.True(page.IsFlattened);
        Assert.Equal(0, page.DitheredShare);
        var strokes = _bench.Pages[0].Bounds();
        Assert.InRange((double)_bench.Pages[0].Count() / (strokes.Width * strokes.Height), 0.09, 0.16); // Six of fifty rows.
        Assert.True(page.CodedOctets < 20_000);

        static bool IsStroke(int x, int y) => x is > 200 and < 1500 && y is > 200 and < 2000 && y % 50 < 6;
    }

    [Fact]
    public async Task A_photograph_all_over_keeps_its_light_and_shade()
    {
        var outcome = await _bench.RenderAsync(null, Scan("photo.png", (x, y) => 128 + (int)(100 * Math.Sin(x / 60.0) * Math.Cos(y / 80.0))));
        var page = Assert.Single(outcome.Pages);
        Assert.False(page.IsFlattened);
        Assert.True(page.DitheredShare > 0.8);
        Assert.InRange(_bench.Pages[0].Share(new Rectangle(100, 100, 1500, 1900)), 0.3, 0.7);
    }

    public void Dispose() => _bench.Dispose();

    // With the noise that scanners have.
    private string Scan(string name, Func<int, int, int> level)
    {
        var noise = new Random(7);
        return TestPng.Write(_bench.Of(name), ScanWidth, ScanHeight, 8, 0,
            y => [.. Enumerable.Range(0, ScanWidth).Select(x => (byte)Math.Clamp(level(x, y) + noise.Next(-6, 7), 0, 255))]);
    }
}
