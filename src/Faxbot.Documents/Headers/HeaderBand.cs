using System.Globalization;
using Faxbot.Documents.Text;
using Faxbot.Imaging.Pages;
using SkiaSharp;

namespace Faxbot.Documents.Headers;

/// <summary>Draws a <see cref="HeaderLine"/> into the free rows at the top of a page. Not thread-safe.</summary>
internal sealed class HeaderBand : IDisposable
{
    private const string FontFile = "DejaVuSans.ttf";
    private const double MillimetresPerInch = 25.4;
    private const double BandHeight = 4 / MillimetresPerInch, SideMargin = 6 / MillimetresPerInch, Gap = 4 / MillimetresPerInch;
    private const int LongestNumber = 20; // T.30 5.3.6.2.4: the digits of an identification.
    private const float FontWidth = 0.9f;
    private const double FontShare = 0.74, BaselineShare = 0.76; // Of the band's height.
    private const string Ellipsis = "\u2026";

    private readonly HeaderLine _header;
    private readonly FontShelf _shelf;
    private readonly SKTypeface _typeface;
    private readonly PageFormat _format;
    private readonly double _dpiAcross;
    private readonly SKFont _font;
    private readonly InkCanvas _canvas;

    public HeaderBand(HeaderLine header, PageFormat format, FontShelf shelf)
    {
        (_header, _format, _shelf, _typeface) = (header, format, shelf, shelf.Get(FontFile));
        (_dpiAcross, var down) = format.Resolution.Dpi();
        Rows = (int)Math.Ceiling(BandHeight * down);
        _font = InkCanvas.Font(_typeface, (float)Math.Round(Rows * FontShare), _dpiAcross, down);
        _font.ScaleX *= FontWidth;
        _canvas = new InkCanvas(format.Width, Rows);
    }

    /// <summary>How many rows it takes.</summary>
    public int Rows { get; }

    /// <summary>Draws the line for a page; its first <see cref="Rows"/> rows are white.</summary>
    public void Draw(PageBitmap page, int number, int count)
    {
        // Date and time to the left, the page to the right, and who and to whom in what is left between them.
        var (margin, gap) = (SideMargin * _dpiAcross, Gap * _dpiAcross);
        var date = Date(_header.Sent);
        var pages = string.Create(CultureInfo.InvariantCulture, $"Page {number} of {count}");
        var right = _format.Width - margin - Measure(pages);
        var left = margin + Measure(date) + gap;
        _canvas.Clear();
        Write(date, margin);
        Write(pages, right);
        Write(Names(right - gap - left), left);
        _canvas.CopyTo(page, 0);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _font.Dispose();
        _canvas.Dispose();
    }

    // The order that people in no country take for another: year, month, day.
    private static string Date(DateTimeOffset sent) =>
        sent.ToString(sent.Offset == TimeSpan.Zero ? "yyyy-MM-dd HH:mm 'UTC'" : "yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);

    private string Names(double room)
    {
        var (sender, number, recipient) = (Clean(_header.Sender), Clean(_header.SenderNumber), Clean(_header.Recipient));
        if (number.Length > LongestNumber) number = number[..LongestNumber];
        var line = Line();
        while (Measure(line) > room && sender.Length + recipient.Length > 2)
        {
            if (sender.Length >= recipient.Length) sender = Shorter(sender);
            else recipient = Shorter(recipient);
            line = Line();
        }

        return line;

        string Line() => $"From: {sender} {number}".TrimEnd() + (recipient.Length == 0 ? string.Empty : $"   To: {recipient}");
    }

    private static string Shorter(string name)
    {
        var text = name.EndsWith(Ellipsis, StringComparison.Ordinal) ? name[..^1] : name;
        var elements = StringInfo.ParseCombiningCharacters(text);
        return (elements.Length > 0 ? text[..elements[^1]].TrimEnd() : string.Empty) + Ellipsis;
    }

    private static string Clean(string name) =>
        string.Join(' ', string.Concat(name.Select(c => char.IsControl(c) ? ' ' : c)).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private double Measure(string text) => Set(text, 0, draw: false);

    private void Write(string text, double x) => Set(text, x, draw: true);

    // Letter by letter, as any may have to come from another font. Returns where the next would stand.
    private double Set(string text, double x, bool draw)
    {
        foreach (var character in text.EnumerateRunes())
        {
            _font.Typeface = _shelf.Lend(_typeface, character) ?? _typeface;
            var letter = character.ToString();
            if (draw) _canvas.Draw(letter, (float)x, (float)Math.Round(Rows * BaselineShare), _font);
            x += Math.Round(_font.MeasureText(letter));
        }

        return x;
    }
}
