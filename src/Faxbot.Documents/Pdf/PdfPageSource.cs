using Faxbot.Documents.Grey;
using Faxbot.Imaging.Pages;

namespace Faxbot.Documents.Pdf;

/// <summary>
/// The pages of a PDF. poppler draws them, confined, and writes them into a pipe; each is read, made black and white and forgotten
/// while the next is being drawn.
/// </summary>
internal sealed class PdfPageSource : IPageSource
{
    private readonly PdfRenderer _renderer;
    private readonly RenderOptions _options;
    private readonly IReadOnlyList<PdfPageSize> _sizes;
    private readonly IReadOnlyList<PdfRun> _runs;
    private PdfDrawing? _drawing;
    private PageBitmap? _bitmap;

    private PdfPageSource(PdfRenderer renderer, RenderOptions options, IReadOnlyList<PdfPageSize> sizes)
    {
        (_renderer, _options, _sizes) = (renderer, options, sizes);
        _runs = PdfRun.Divide([.. _sizes.Select(size => Fit(size, 0))]);
    }

    /// <summary>Asks for the sizes of the pages. The renderer becomes the source's, or is disposed of when that fails.</summary>
    public static PdfPageSource Open(PdfRenderer renderer, RenderOptions options, int pagesLeft, CancellationToken cancel)
    {
        try
        {
            return new PdfPageSource(renderer, options, renderer.ReadSizes(pagesLeft, cancel));
        }
        catch
        {
            renderer.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public int PageCount => _sizes.Count;

    /// <inheritdoc />
    public IReadOnlyList<string> Warnings => _renderer.Warnings;

    /// <inheritdoc />
    public SourcePage Draw(int index, int reserved, CancellationToken cancel)
    {
        if (reserved > 0)
        {
            // Not the usual case: the page has no margin for a header, so it is drawn once more by itself, smaller.
            var fit = Fit(_sizes[index], reserved);
            using var drawing = _renderer.Draw(new PdfRun(index, 1, fit.Scale, fit.IsTurned), cancel);
            var again = Convert(drawing, fit);
            drawing.End();
            return again;
        }

        if (_drawing?.Next != index)
        {
            _drawing?.Dispose();
            var run = _runs.First(run => index < run.First + run.Count);
            _drawing = _renderer.Draw(run with { First = index, Count = run.First + run.Count - index }, cancel);
        }

        var page = Convert(_drawing, Fit(_sizes[index], 0) with { Scale = _drawing.Run.Scale });
        if (_drawing.Next < _drawing.Run.First + _drawing.Run.Count) return page;
        _drawing.End();
        _drawing.Dispose();
        _drawing = null;
        return page;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _drawing?.Dispose();
        _renderer.Dispose();
    }

    private PageFit Fit(PdfPageSize size, int reserved) =>
        PageFit.Of(size.Width / 72, size.Height / 72, _options.Format, _options.Paper, reserved);

    private SourcePage Convert(PdfDrawing drawing, PageFit fit)
    {
        using var page = new GreyPage(_options.Format.Width, fit.Rows);
        var content = drawing.ReadPage(page, fit);
        using var binary = PageBinarizer.Convert(page, content, _options.Quality, _options.Resolution);
        if (_bitmap?.Height != page.Height) _bitmap = new PageBitmap(page.Width, page.Height);
        binary.Ink.CopyTo(_bitmap);
        return new SourcePage(_bitmap, fit.Scale, fit.IsTurned, binary.WasFlattened, binary.DitheredShare);
    }
}
