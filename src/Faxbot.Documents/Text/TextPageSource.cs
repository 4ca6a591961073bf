using System.Text;
using Faxbot.Imaging.Pages;
using SkiaSharp;

namespace Faxbot.Documents.Text;

/// <summary>The pages of a UTF-8 text, set in DejaVu Sans Mono, 10 points, 72 columns and more to the line.</summary>
internal sealed class TextPageSource : IPageSource
{
    private const string FontFile = "DejaVuSansMono.ttf";
    private const double PointsPerInch = 72, MillimetresPerInch = 25.4;
    private const double FontPoints = 10, LinePoints = 12;
    private const double SideMargin = 17 / MillimetresPerInch, TopMargin = 15 / MillimetresPerInch;

    private readonly FontShelf _shelf;
    private readonly RenderOptions _options;
    private readonly List<List<TextLine>> _pages;
    private readonly HashSet<int> _missing = [];
    private readonly int _rows;
    private readonly double _cell;
    private readonly SKTypeface _typeface;
    private readonly Dictionary<SKTypeface, SKFont> _fonts = [];
    private InkCanvas? _canvas;

    /// <summary>Decodes and breaks the text.</summary>
    /// <param name="name">The file's name, for messages.</param>
    /// <param name="content">UTF-8, with or without a byte order mark.</param>
    /// <param name="options">What the pages are like.</param>
    /// <param name="shelf">Fonts.</param>
    /// <param name="pagesLeft">More pages are refused.</param>
    public TextPageSource(string name, ReadOnlySpan<byte> content, RenderOptions options, FontShelf shelf, int pagesLeft)
    {
        (_shelf, _options) = (shelf, options);
        _typeface = shelf.Get(FontFile);
        var text = Decode(name, content);
        var (across, down) = options.Format.Resolution.Dpi();
        // Text has no paper of its own: Letter's length is within every other's.
        _rows = PageFit.Of(1, 1, options.Format, options.Paper == PaperSize.Auto ? PaperSize.Letter : options.Paper).Rows;
        _cell = Font(_typeface).MeasureText("0");
        var columns = (int)((options.Format.Width - (2 * SideMargin * across)) / _cell);
        var linesOnPage = (int)((_rows - (2 * TopMargin * down)) / (LinePoints / PointsPerInch * down));
        _pages = Paginate(new TextGrid(columns).Break(text), linesOnPage, pagesLeft + 1);
        if (_pages.Count > pagesLeft)
        {
            throw new DocumentException(DocumentErrorClass.TooManyPages,
                $"{name} has more pages than the {options.Limits.Pages} that are allowed in one fax. Send it in parts.");
        }
    }

    /// <inheritdoc />
    public int PageCount => _pages.Count;

    /// <inheritdoc />
    public IReadOnlyList<string> Warnings => _missing.Count == 0
        ? []
        : [$"No font has {(_missing.Count == 1 ? "the character" : "the characters")} {string.Join(", ", _missing.Order().Take(8).Select(c => $"U+{c:X4}"))}; boxes stand in their place."];

    /// <inheritdoc />
    public SourcePage Draw(int index, int reserved, CancellationToken cancel)
    {
        var (across, down) = _options.Format.Resolution.Dpi();
        var page = new PageBitmap(_options.Format.Width, _rows);
        var lineHeight = LinePoints / PointsPerInch * down;
        _canvas ??= new InkCanvas(page.Width, (int)Math.Ceiling(lineHeight * 2));
        var top = Math.Max(TopMargin * down, reserved);
        foreach (var (line, number) in _pages[index].Select((line, number) => (line, number)))
        {
            cancel.ThrowIfCancellationRequested();
            if (line.Cells.Count == 0) continue;
            _canvas.Clear();
            foreach (var cell in line.Cells) Draw(cell, SideMargin * across, (float)Math.Round(lineHeight * 1.25));
            _canvas.CopyTo(page, (int)Math.Round(top + (number * lineHeight) - (lineHeight / 4)));
        }

        return new SourcePage(page);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _canvas?.Dispose();
        foreach (var font in _fonts.Values) font.Dispose();
    }

    private static string Decode(string name, ReadOnlySpan<byte> content)
    {
        if (content.StartsWith(Encoding.UTF8.Preamble)) content = content[Encoding.UTF8.Preamble.Length..];
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content);
        }
        catch (DecoderFallbackException e)
        {
            throw new DocumentException(DocumentErrorClass.UnsupportedType,
                $"{name} looks like text but is not UTF-8 (octet {e.Index + 1} is the first that does not fit). Save it as UTF-8 and send that.");
        }

        if (string.IsNullOrWhiteSpace(text)) throw new DocumentException(DocumentErrorClass.Empty, $"{name} holds nothing but blanks. Check that it is the right file.");
        return text.TrimEnd();
    }

    private static List<List<TextLine>> Paginate(IEnumerable<TextLine> lines, int linesOnPage, int most)
    {
        var pages = new List<List<TextLine>> { new() };
        foreach (var line in lines)
        {
            if (line.StartsPage || pages[^1].Count == linesOnPage) pages.Add([]);
            if (pages.Count == most) break;
            pages[^1].Add(line);
        }

        return pages;
    }

    private void Draw(TextCell cell, double margin, float baseline)
    {
        var character = Rune.GetRuneAt(cell.Text, 0);
        if (Rune.IsControl(character)) return;
        var lender = _shelf.Lend(_typeface, character);
        if (lender is null) _missing.Add(character.Value);
        _canvas!.Draw(lender is null ? "\u25A1" : cell.Text, (float)(margin + (cell.Column * _cell)), baseline, Font(lender ?? _typeface));
    }

    private SKFont Font(SKTypeface typeface)
    {
        if (_fonts.TryGetValue(typeface, out var font)) return font;
        var (across, down) = _options.Format.Resolution.Dpi();
        return _fonts[typeface] = InkCanvas.Font(typeface, (float)(FontPoints / PointsPerInch * down), across, down);
    }
}
