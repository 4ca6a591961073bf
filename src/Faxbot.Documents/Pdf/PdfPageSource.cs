using Faxbot.Documents.Grey;
using Faxbot.Imaging.Pages;

namespace Faxbot.Documents.Pdf;

/// <summary>
/// The pages of a PDF. poppler draws them, confined, and writes them into a pipe; each is read, made black and white and forgotten
/// while the next is being drawn. How large a page is shows when it comes: if it has to be reduced or turned, the renderer begins
/// again with it at that scale, and goes on so for as long as it suits.
/// </summary>
internal sealed class PdfPageSource : IPageSource
{
    private const double SmallestShare = 0.98; // A page may be up to 2 % smaller than it could be, to be drawn in one run with others.
    private const double Rounding = 1.0005;
    private const int MostAttempts = 4;

    private readonly PdfRenderer _renderer;
    private readonly RenderOptions _options;
    private readonly int _end;
    private PdfDrawing? _drawing;
    private SourcePage? _first;
    private PageBitmap? _bitmap;
    private double _scale;
    private bool _isTurned;

    private PdfPageSource(PdfRenderer renderer, RenderOptions options, int pagesLeft)
    {
        (_renderer, _options, _end) = (renderer, options, pagesLeft + 1);
        _scale = PdfRun.UsualScale(options.Format);
    }

    /// <inheritdoc />
    public int PageCount { get; private set; }

    /// <inheritdoc />
    public IReadOnlyList<string> Warnings => _renderer.Warnings;

    /// <summary>Draws the first page, with which the number of pages becomes known.</summary>
    /// <param name="renderer">Becomes the source's, or is disposed of when this fails.</param>
    /// <param name="options">What the pages are like.</param>
    /// <param name="pagesLeft">More pages are refused.</param>
    /// <param name="isNext">The other pages will be drawn at once; else the renderer ends until they are.</param>
    /// <param name="cancel">Stops it.</param>
    public static PdfPageSource Open(PdfRenderer renderer, RenderOptions options, int pagesLeft, bool isNext, CancellationToken cancel)
    {
        var source = new PdfPageSource(renderer, options, pagesLeft);
        try
        {
            source._first = source.DrawNext(0, 0, cancel);
            source.PageCount = source._drawing!.CountPages();
            if (source.PageCount > pagesLeft) throw renderer.TooManyPages();
            if (source.PageCount == 1) source.End();
            else if (!isNext) source.Stop();
            source._bitmap = null; // The first page keeps its own.
            return source;
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public SourcePage Draw(int index, int reserved, CancellationToken cancel)
    {
        // A page without a margin for the header is drawn once more by itself, smaller; the run with the others goes on meanwhile.
        if (reserved > 0) return DrawAgain(index, reserved, cancel);
        if (index == 0 && _first is { } first)
        {
            _first = null;
            return first;
        }

        var page = DrawNext(index, 0, cancel);
        if (index == PageCount - 1) End();
        return page;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Stop();
        _renderer.Dispose();
    }

    private SourcePage DrawAgain(int index, int reserved, CancellationToken cancel)
    {
        var others = _drawing;
        _drawing = null;
        try
        {
            var page = DrawNext(index, reserved, cancel);
            Stop();
            return page;
        }
        finally
        {
            Stop();
            _drawing = others;
        }
    }

    private SourcePage DrawNext(int index, int reserved, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (_drawing?.Next != index) Start(index, reserved > 0 ? index + 1 : _end, cancel);
            var (width, height) = _drawing!.ReadSize();
            var fit = Fit(index, width, height, reserved, cancel);
            if (attempt == MostAttempts || Suits(fit, width, height)) return Convert(fit with { Scale = _scale }, width, height);
            _drawing.Abandon(wasTooLarge: width == 1 && height == 1);
            (_scale, _isTurned) = (Math.Min(fit.Scale, PdfRun.UsualScale(_options.Format)) / (attempt > 1 ? Rounding : 1), fit.IsTurned);
            Stop();
        }
    }

    private PageFit Fit(int index, int width, int height, int reserved, CancellationToken cancel)
    {
        var (across, down) = _drawing!.Run.Dpi;
        var (inchesAcross, inchesDown) = (width / across, height / down);
        // poppler's way to say that it has no memory for a page so large.
        if (width == 1 && height == 1) (inchesAcross, inchesDown) = _renderer.ReadPageSize(index, cancel);
        return PageFit.Of(inchesAcross, inchesDown, _options.Format, _options.Paper, reserved);
    }

    private bool Suits(PageFit fit, int width, int height)
    {
        if (fit.IsTurned != _isTurned || _scale > fit.Scale * Rounding || _scale < fit.Scale * SmallestShare) return false;
        var (across, down) = _isTurned ? (height, width) : (width, height);
        return across <= _options.Format.Width && down <= fit.Rows - fit.Content.Top;
    }

    private SourcePage Convert(PageFit fit, int width, int height)
    {
        using var page = new GreyPage(_options.Format.Width, fit.Rows);
        var content = _drawing!.ReadPage(page, fit.Content.Top, width, height);
        using var binary = PageBinarizer.Convert(page, content, _options.Quality, _options.Resolution);
        if (_bitmap?.Height != page.Height) _bitmap = new PageBitmap(page.Width, page.Height);
        binary.Ink.CopyTo(_bitmap);
        return new SourcePage(_bitmap, fit.Scale, fit.IsTurned, binary.WasFlattened, binary.DitheredShare);
    }

    private void Start(int index, int end, CancellationToken cancel)
    {
        Stop();
        _drawing = _renderer.Draw(new PdfRun(index, end, _scale, _isTurned, _options.Format), cancel);
    }

    private void Stop()
    {
        _drawing?.Dispose();
        _drawing = null;
    }

    private void End()
    {
        _drawing?.End();
        Stop();
    }
}
