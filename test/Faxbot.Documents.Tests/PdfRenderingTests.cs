using System.Drawing;
using Faxbot.Documents.Tests.Support;
using Faxbot.Imaging.Pages;
using Faxbot.Testing;

namespace Faxbot.Documents.Tests;

public sealed class PdfRenderingTests : IDisposable
{
    private const double PointsPerInch = 72;
    private readonly RenderBench _bench = new();

    [Theory]
    [InlineData(FaxResolution.Standard, 1728, 1076)]
    [InlineData(FaxResolution.Fine, 1728, 2151)]
    [InlineData(FaxResolution.Superfine, 1728, 4303)]
    [InlineData(FaxResolution.R16, 3456, 4303)]
    [InlineData(FaxResolution.Inch300, 2592, 3300)]
    public async Task The_sample_letter_has_three_pages_at_each_resolution(FaxResolution resolution, int width, int rows)
    {
        var outcome = await _bench.RenderAsync(new RenderOptions { Resolution = resolution }, RepositoryRoot.Of("samples", "letter.pdf"));
        Assert.Null(outcome.Error);
        Assert.Equal([(width, rows), (width, rows), (width, rows)], _bench.Pages.Select(page => (page.Width, page.Height)));
        Assert.Equal([1, 2, 3], outcome.Pages.Select(page => page.SourcePage));
        Assert.Equal(FaxDocumentRenderer.HostConfinement, outcome.Confinement);
        Assert.Empty(outcome.Warnings);
    }

    [Fact]
    public async Task A_photograph_is_dithered_and_a_letter_is_not()
    {
        var outcome = await _bench.RenderAsync(null, RepositoryRoot.Of("samples", "letter.pdf"));
        Assert.True(outcome.Pages[0].DitheredShare < 0.01);
        Assert.InRange(outcome.Pages[2].DitheredShare, 0.1, 0.4);
        Assert.True(outcome.Pages[0].CodedOctets < 30_000);
    }

    [Theory]
    [InlineData(TestPdf.A4Width, TestPdf.A4Height)]
    [InlineData(TestPdf.LetterWidth, TestPdf.LetterHeight)]
    [InlineData(612, 1008)] // Legal.
    [InlineData(841.89, 1190.55)] // A3.
    [InlineData(TestPdf.A4Height, TestPdf.A4Width)] // A4, landscape.
    [InlineData(1008, 612)]
    [InlineData(200, 2000)] // A till receipt.
    [InlineData(2000, 200)]
    [InlineData(14_400, 14_400)] // The largest page that old readers take: 5 m.
    public async Task A_frame_along_the_edge_of_the_page_is_whole(double width, double height)
    {
        foreach (var header in (HeaderLine?[])[null, new HeaderLine("Clinic", "+1 555 0100", "Lab", DateTimeOffset.UnixEpoch)])
        {
            var pages = await _bench.PagesOfAsync(new RenderOptions { Header = header }, _bench.Pdf(TestPdf.Framed(width, height)));
            var page = Assert.Single(pages);
            var band = header is null ? 0 : 31;
            var frame = Below(page, band).Bounds();
            var scale = Math.Max(width, height) > 1300 ? 0.05 : 0.5;
            Assert.True(frame.Width > 1600 * scale || frame.Height > 1900 * scale, $"{frame}");
            // All four sides, from corner to corner.
            var content = Below(page, band);
            Assert.Equal(frame.Width, content.Count(frame with { Height = 1 }));
            Assert.Equal(frame.Width, content.Count(new Rectangle(frame.Left, frame.Bottom - 1, frame.Width, 1)));
            Assert.Equal(frame.Height, content.Count(frame with { Width = 1 }));
            Assert.Equal(frame.Height, content.Count(new Rectangle(frame.Right - 1, frame.Top, 1, frame.Height)));
        }
    }

    [Fact]
    public async Task A_landscape_page_is_turned_to_the_left_instead_of_shrinking()
    {
        var outcome = await _bench.RenderAsync(null, _bench.Pdf(TestPdf.Framed(TestPdf.A4Height, TestPdf.A4Width)));
        var page = Assert.Single(outcome.Pages);
        Assert.True(page.IsTurned);
        Assert.InRange(page.Scale, 0.99, 1);
        // The square near the page's upper left corner is now near the lower left one.
        Assert.True(_bench.Pages[0].Share(new Rectangle(110, 2110, 80, 60)) > 0.9);
        Assert.True(_bench.Pages[0].Share(new Rectangle(110, 110, 80, 60)) < 0.1);
    }

    [Fact]
    public async Task A_small_landscape_page_stays_upright_and_true_to_size()
    {
        var outcome = await _bench.RenderAsync(null, _bench.Pdf(TestPdf.Framed(400, 200)));
        var page = Assert.Single(outcome.Pages);
        Assert.False(page.IsTurned);
        Assert.InRange(_bench.Pages[0].Bounds().Width, 400 / PointsPerInch * 202, 400 / PointsPerInch * 206);
    }

    [Fact]
    public async Task Pages_of_all_sizes_come_in_order()
    {
        (double, double)[] sizes = [(595, 842), (842, 595), (612, 792), (1684, 2384), (612, 792), (842, 595), (300, 300), (14_400, 100), (595, 842)];
        var outcome = await _bench.RenderAsync(null, _bench.Pdf([.. sizes.Select(size => TestPdf.Framed(size.Item1, size.Item2))]));
        Assert.Null(outcome.Error);
        Assert.Equal([false, true, false, false, false, true, false, true, false], outcome.Pages.Select(page => page.IsTurned));
        Assert.Equal([2287, 2287, 2151, 2287, 2151, 2287, 2151, 2287, 2287], outcome.Pages.Select(page => page.Rows));
        Assert.All(_bench.Pages, page => Assert.True(page.Count() > 0));
    }

    [Fact]
    public async Task The_paper_that_is_asked_for_is_the_paper_of_all_pages()
    {
        var file = _bench.Pdf(TestPdf.Framed(595, 842), TestPdf.Framed(612, 792), TestPdf.Framed(612, 1008));
        foreach (var (paper, rows) in ((PaperSize, int)[])[(PaperSize.A4, 2287), (PaperSize.Letter, 2151), (PaperSize.Legal, 2738)])
            Assert.All(await _bench.PagesOfAsync(new RenderOptions { Paper = paper }, file), page => Assert.Equal(rows, page.Height));
    }

    [Fact]
    public async Task Hairlines_of_no_width_are_whole_at_each_resolution()
    {
        var file = _bench.Pdf(new TestPdfPage(612, 792, "0 w 72 400.3 m 540 400.3 l S 0.1 w 300.2 100 m 300.2 700 l S 0.2 w 72 90 m 540 710 l S"));
        foreach (var resolution in (FaxResolution[])[FaxResolution.Standard, FaxResolution.Fine, FaxResolution.Superfine])
        {
            var page = (await _bench.PagesOfAsync(new RenderOptions { Resolution = resolution }, file))[0];
            var bounds = page.Bounds();
            for (var x = bounds.Left; x < bounds.Right; x++) Assert.True(page.Count(new Rectangle(x, bounds.Top, 1, bounds.Height)) > 0);
            for (var y = bounds.Top; y < bounds.Bottom; y++) Assert.True(page.Count(new Rectangle(bounds.Left, y, bounds.Width, 1)) > 0);
        }
    }

    [Fact]
    public async Task Coloured_and_pale_lettering_is_solid()
    {
        var black = _bench.Pdf(TestPdf.Lettered(612, 792, "Heading"));
        var expected = (await _bench.PagesOfAsync(null, black))[0];
        foreach (var colour in (string[])["1 0 0 rg", "0 0 1 rg", "0.6 g", "0.8 g"])
        {
            var page = TestPdf.Lettered(612, 792, "Heading");
            var actual = (await _bench.PagesOfAsync(null, _bench.Pdf(page with { Content = colour + " " + page.Content })))[0];
            Assert.True(actual.Rows.SequenceEqual(expected.Rows), colour);
        }
    }

    [Fact]
    public async Task Several_documents_become_one_fax_in_their_order()
    {
        var text = _bench.Put("cover.txt", "Cover"u8);
        var outcome = await _bench.RenderAsync(null, text, RepositoryRoot.Of("samples", "letter.pdf"), RenderBench.Corpus("interlaced.png"), RepositoryRoot.Of("samples", "letter.pdf"));
        Assert.Null(outcome.Error);
        Assert.Equal([(0, 1), (1, 1), (1, 2), (1, 3), (2, 1), (3, 1), (3, 2), (3, 3)], outcome.Pages.Select(page => (page.Document, page.SourcePage)));
        Assert.True(_bench.Pages[1].Rows.SequenceEqual(_bench.Pages[5].Rows));
        Assert.True(_bench.Pages[3].Rows.SequenceEqual(_bench.Pages[7].Rows));
    }

    public void Dispose() => _bench.Dispose();

    private static PageBitmap Below(PageBitmap page, int band)
    {
        var below = new PageBitmap(page.Width, page.Height - band);
        page.Rows[(band * page.Stride)..].CopyTo(below.Rows);
        return below;
    }
}
