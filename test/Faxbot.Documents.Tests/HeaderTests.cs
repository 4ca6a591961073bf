using System.Drawing;
using Faxbot.Documents.Tests.Support;
using Faxbot.Imaging.Pages;
using Faxbot.Testing;

namespace Faxbot.Documents.Tests;

public sealed class HeaderTests : IDisposable
{
    private static readonly HeaderLine Header =
        new("Harbor Lane Bearings", "+1 218 555 0141", "Northgate Medical Devices", new DateTimeOffset(2026, 10, 14, 9, 41, 0, TimeSpan.FromHours(-5)));

    private readonly RenderBench _bench = new();

    [Theory]
    [InlineData(FaxResolution.Standard, 16)]
    [InlineData(FaxResolution.Fine, 31)]
    [InlineData(FaxResolution.Superfine, 62)]
    [InlineData(FaxResolution.R16, 62)]
    public async Task A_header_changes_nothing_but_the_band_at_the_top_of_each_page(FaxResolution resolution, int band)
    {
        var letter = RepositoryRoot.Of("samples", "letter.pdf");
        var plain = await _bench.PagesOfAsync(new RenderOptions { Resolution = resolution }, letter);
        var headed = await _bench.PagesOfAsync(new RenderOptions { Resolution = resolution, Header = Header }, letter);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(0, plain[i].Count(new Rectangle(0, 0, plain[i].Width, band)));
            Assert.InRange(headed[i].Share(new Rectangle(0, 0, plain[i].Width, band)), 0.03, 0.2);
            Assert.True(Ink.RowsEqual(plain[i], band, headed[i], band, plain[i].Height - band));
        }

        Assert.False(Ink.RowsEqual(headed[0], 0, headed[1], 0, band)); // "Page 1 of 3", "Page 2 of 3".
    }

    [Fact]
    public async Task Day_hour_sender_number_recipient_and_page_each_show_in_the_header()
    {
        var text = _bench.Put("a.txt", "a"u8);
        HeaderLine[] headers =
        [
            Header, Header with { Sender = "Harbor Lane Bearing" }, Header with { SenderNumber = "+1 218 555 0142" }, Header with { Recipient = "Northgate" },
            Header with { Sent = Header.Sent.AddDays(1) }, Header with { Sent = Header.Sent.AddMinutes(1) }, Header with { Sent = Header.Sent.ToOffset(TimeSpan.Zero) },
        ];
        var bands = new HashSet<string>();
        foreach (var header in headers)
        {
            var page = (await _bench.PagesOfAsync(new RenderOptions { Header = header }, text, text))[0];
            Assert.True(bands.Add(Convert.ToHexString(page.Rows[..(31 * page.Stride)])), $"{header}");
        }

        Assert.Equal(headers.Length, bands.Count);
    }

    [Fact]
    public async Task Without_a_header_the_top_of_the_page_is_the_document_s() =>
        Assert.Equal(0, (await _bench.PagesOfAsync(null, _bench.Put("a.txt", "a"u8)))[0].Count(new Rectangle(0, 0, 1728, 31)));

    [Fact]
    public async Task Pages_are_counted_over_all_documents()
    {
        var text = _bench.Put("a.txt", "a"u8);
        var alone = await _bench.PagesOfAsync(new RenderOptions { Header = Header }, text);
        var pages = await _bench.PagesOfAsync(new RenderOptions { Header = Header }, text, RepositoryRoot.Of("samples", "letter.pdf"), text);
        Assert.Equal(5, pages.Count);
        Assert.Equal(5, pages.Select(page => Convert.ToHexString(page.Rows[..(31 * page.Stride)])).Distinct().Count());
        Assert.False(Ink.RowsEqual(alone[0], 0, pages[0], 0, 31));
    }

    [Fact]
    public async Task A_page_with_ink_at_its_top_moves_down_where_its_bottom_is_free()
    {
        var file = _bench.Pdf(new TestPdfPage(612, 792, "100 780 300 12 re f 100 400 50 50 re f"));
        var plain = (await _bench.PagesOfAsync(null, file))[0];
        var headed = (await _bench.PagesOfAsync(new RenderOptions { Header = Header }, file))[0];
        Assert.Equal(plain.Height, headed.Height);
        Assert.Equal(0, plain.Lines()[0].Top);
        Assert.True(Ink.RowsEqual(plain, 0, headed, 31, plain.Height - 31));
    }

    [Fact]
    public async Task A_page_without_any_margin_is_drawn_smaller_below_the_header()
    {
        var file = _bench.Pdf(TestPdf.Framed(612, 792), TestPdf.Framed(792, 612));
        var headed = await _bench.RenderAsync(new RenderOptions { Header = Header }, file);
        Assert.All(headed.Pages, page => Assert.InRange(page.Scale, 0.97, 0.99));
        Assert.All(_bench.Pages, page => Assert.Equal(2151, page.Height));
    }

    [Fact]
    public async Task A_fax_without_any_margin_is_drawn_smaller_below_the_header()
    {
        await _bench.RenderAsync(null, _bench.Pdf(TestPdf.Framed(612, 792)));
        var fax = _bench.Of("full.tif");
        File.Copy(_bench.Output, fax);
        var page = (await _bench.PagesOfAsync(new RenderOptions { Header = Header }, fax))[0];
        Assert.Equal(2151, page.Height);
        Assert.True(page.Bounds().Width > 1600);
        Assert.True(page.Count(new Rectangle(0, page.Height - 40, page.Width, 40)) > 1500); // The frame's lower side.
    }

    [Fact]
    public async Task Long_names_give_way_and_the_number_stays()
    {
        var text = _bench.Put("a.txt", "a"u8);
        async Task<PageBitmap> Draw(HeaderLine header) => (await _bench.PagesOfAsync(new RenderOptions { Header = header }, text))[0];
        var one = await Draw(Header with { Sender = new string('W', 200), Recipient = new string('M', 200) });
        var other = await Draw(Header with { Sender = new string('W', 300), Recipient = new string('M', 300) });
        var number = await Draw(Header with { Sender = new string('W', 200), Recipient = new string('M', 200), SenderNumber = "+1 218 555 0142" });
        Assert.True(Ink.RowsEqual(one, 0, other, 0, 31));
        Assert.False(Ink.RowsEqual(one, 0, number, 0, 31));
        // The margins and the gap before the page number are free.
        Assert.Equal(0, one.Count(new Rectangle(0, 0, 45, 31)));
        Assert.Equal(0, one.Count(new Rectangle(1728 - 45, 0, 45, 31)));
    }

    [Fact]
    public async Task Letters_of_all_scripts_and_line_breaks_are_taken()
    {
        var text = _bench.Put("a.txt", "a"u8);
        var page = (await _bench.PagesOfAsync(new RenderOptions { Header = Header with { Sender = "Ärzte\n\tПривет", Recipient = string.Empty } }, text))[0];
        var clean = (await _bench.PagesOfAsync(new RenderOptions { Header = Header with { Sender = "Ärzte Привет", Recipient = string.Empty } }, text))[0];
        Assert.True(page.Rows.SequenceEqual(clean.Rows));
    }

    public void Dispose() => _bench.Dispose();
}
