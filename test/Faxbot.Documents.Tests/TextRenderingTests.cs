using System.Globalization;
using System.Text;
using Faxbot.Documents.Tests.Support;
using Faxbot.Imaging.Pages;

namespace Faxbot.Documents.Tests;

public sealed class TextRenderingTests : IDisposable
{
    private const int SideMargin = 130, ColumnsOnLine = 85;
    private readonly RenderBench _bench = new();

    [Fact]
    public async Task A_byte_order_mark_leaves_no_trace()
    {
        var plain = await PageAsync("Grüße"u8);
        var marked = await PageAsync([.. Encoding.UTF8.Preamble, .. "Grüße"u8]);
        Assert.True(plain.Rows.SequenceEqual(marked.Rows));
        Assert.True(plain.Count() > 300);
    }

    [Fact]
    public async Task Line_ends_of_all_systems_are_line_ends()
    {
        var unix = await PageAsync("one\ntwo\nthree"u8);
        Assert.Equal(3, unix.Lines().Count);
        Assert.True(Ink.Same(unix, await PageAsync("one\r\ntwo\r\nthree\r\n"u8)));
        Assert.True(Ink.Same(unix, await PageAsync("one\rtwo\rthree"u8)));
    }

    [Fact]
    public async Task A_wide_line_goes_on_below_and_nothing_is_cut()
    {
        var wide = await PageAsync(Encoding.UTF8.GetBytes(new string('M', ColumnsOnLine + 10)));
        Assert.True(Ink.Same(wide, await PageAsync(Encoding.UTF8.GetBytes(new string('M', ColumnsOnLine) + "\n" + new string('M', 10)))));
        var bounds = wide.Bounds();
        Assert.InRange(bounds.Left, SideMargin, 1728);
        Assert.InRange(bounds.Right, 0, 1728 - SideMargin);
    }

    [Fact]
    public async Task A_wide_line_breaks_at_a_blank_where_it_has_one()
    {
        var word = new string('w', 40);
        Assert.True(Ink.Same(await PageAsync(Encoding.UTF8.GetBytes($"{word} {word} {word}")), await PageAsync(Encoding.UTF8.GetBytes($"{word} {word}\n{word}"))));
    }

    [Fact]
    public async Task A_tab_goes_to_the_next_of_every_eight_columns() =>
        Assert.True(Ink.Same(await PageAsync("a\tb\n1234567\tc\n12345678\td"u8), await PageAsync("a       b\n1234567 c\n12345678        d"u8)));

    [Fact]
    public async Task A_form_feed_begins_a_page()
    {
        var pages = await _bench.PagesOfAsync(null, _bench.Put("pages.txt", "one\n\ftwo\ftwo\n\f\n"u8));
        Assert.Equal(3, pages.Count);
        Assert.True(pages[1].Rows.SequenceEqual(pages[2].Rows));
        Assert.True(Ink.Same(pages[0], await PageAsync("one"u8)));
    }

    [Theory]
    [InlineData(PaperSize.Auto, 2151, 3)]
    [InlineData(PaperSize.A4, 2287, 3)]
    [InlineData(PaperSize.Legal, 2738, 2)]
    public async Task A_long_text_fills_pages_of_the_paper_and_loses_no_line(PaperSize paper, int rows, int count)
    {
        var text = string.Join('\n', Enumerable.Range(1, 150).Select(number => $"line {number}"));
        var pages = await _bench.PagesOfAsync(new RenderOptions { Paper = paper }, _bench.Put("long.txt", Encoding.UTF8.GetBytes(text)));
        Assert.Equal(count, pages.Count);
        Assert.All(pages, page => Assert.Equal(rows, page.Height));
        Assert.Equal(150, pages.Sum(page => page.Lines().Count));
    }

    [Fact]
    public async Task A_character_that_no_font_has_is_a_box_and_a_warning()
    {
        // U+0378 is no character, U+10FFFD nobody's.
        var outcome = await _bench.RenderAsync(null, _bench.Put("odd.txt", "a \u0378 \U0010FFFD b"u8));
        var warning = Assert.Single(outcome.Warnings);
        Assert.Contains("U+0378", warning, StringComparison.Ordinal);
        Assert.Contains("U+10FFFD", warning, StringComparison.Ordinal);
        Assert.True(_bench.Pages[0].Count() > (await PageAsync("a b"u8)).Count());
    }

    [Theory]
    [InlineData("日本語", "U+65E5")]
    [InlineData("😀", "U+1F600")]
    public async Task Characters_of_two_columns_are_drawn_or_warned_of(string text, string named)
    {
        var outcome = await _bench.RenderAsync(null, _bench.Put("wide.txt", Encoding.UTF8.GetBytes(text + "|")));
        Assert.Null(outcome.Error);
        // Whether a font has them is the machine's matter; that they take two columns each is not.
        Assert.All(outcome.Warnings, warning => Assert.Contains(named, warning, StringComparison.Ordinal));
        var bar = (await PageAsync(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("  ", new StringInfo(text).LengthInTextElements)) + "|"))).Bounds();
        await _bench.RenderAsync(null, _bench.Of("wide.txt"));
        Assert.Equal(bar.Right, _bench.Pages[0].Bounds().Right);
    }

    [Fact]
    public async Task Text_is_as_large_at_each_resolution()
    {
        var file = _bench.Put("size.txt", "Hamburg\n\n\n\n\n\n\n\n\nHamburg"u8);
        foreach (var resolution in (FaxResolution[])[FaxResolution.Standard, FaxResolution.Fine, FaxResolution.Superfine, FaxResolution.R16])
        {
            var (across, down) = resolution.Dpi();
            var bounds = Assert.Single(await _bench.PagesOfAsync(new RenderOptions { Resolution = resolution }, file)).Bounds();
            Assert.InRange(bounds.Width / across, 0.55, 0.6); // Seven letters of 0.0836 inch.
            Assert.InRange(bounds.Height / down, 1.58, 1.68); // Nine lines of 1/6 inch and a letter.
        }
    }

    public void Dispose() => _bench.Dispose();

    private Task<PageBitmap> PageAsync(ReadOnlySpan<byte> text) => SinglePageAsync(_bench.Put($"{Guid.NewGuid():N}.txt", text));

    private async Task<PageBitmap> SinglePageAsync(string file) => Assert.Single(await _bench.PagesOfAsync(null, file));
}
