using Faxbot.Documents.Confinement;
using Faxbot.Documents.Headers;
using Faxbot.Documents.Images;
using Faxbot.Documents.Pdf;
using Faxbot.Documents.Text;
using Faxbot.Documents.Tiff;

namespace Faxbot.Documents;

/// <summary>One rendering: opens all documents, to know how many pages there are, then draws them one by one.</summary>
internal sealed class Rendering(IReadOnlyList<DocumentFile> documents, Stream output, RenderOptions options, TimeProvider time) : IDisposable
{
    private const long LongestText = 16 << 20;

    private readonly FontShelf _shelf = new(options.FontFolders);
    private readonly List<IPageSource> _sources = [];
    private readonly List<Stream> _files = [];
    private ConfinementLevel? _confinement;

    /// <summary>Runs it to its end.</summary>
    public RenderOutcome Run(CancellationToken cancel)
    {
        try
        {
            foreach (var document in documents) Limited(document, limited => Open(document, limited), cancel);
            using var header = options.Header is { } line ? new HeaderBand(line, options.Format, _shelf) : null;
            using var writer = new FaxPageWriter(output, options, header, _sources.Sum(source => source.PageCount));
            for (var i = 0; i < documents.Count; i++)
            {
                var (document, source, number) = (documents[i], _sources[i], i);
                Limited(document, limited => Draw(document, source, number, writer, limited), cancel);
            }

            writer.Complete();
            return Outcome(null, writer.Pages);
        }
        catch (DocumentException e)
        {
            return Outcome(e.Error, []);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var source in _sources) source.Dispose();
        foreach (var file in _files) file.Dispose();
        _shelf.Dispose();
    }

    // Each step with a document has the time that one document may take.
    private void Limited(DocumentFile document, Action<CancellationToken> step, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(options.Limits.WallTime, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            step(both.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new DocumentException(DocumentErrorClass.TimeLimit,
                $"{document.DisplayName} takes longer to draw than the {options.Limits.WallTime.TotalSeconds:0} seconds that are allowed. Print it to a new PDF, or send it in parts.");
        }
        catch (OperationCanceledException)
        {
            throw new OperationCanceledException(cancel);
        }
    }

    private void Open(DocumentFile document, CancellationToken cancel)
    {
        var name = document.DisplayName;
        var file = OpenFile(document);
        _files.Add(file);
        if (file.Length > options.Limits.InputOctets)
        {
            throw new DocumentException(DocumentErrorClass.TooLarge,
                $"{name} has {file.Length} octets; {options.Limits.InputOctets} are allowed. Reduce it, or send it in parts.");
        }

        var start = new byte[Math.Min(DocumentSniffer.Needed, file.Length)];
        file.ReadExactly(start);
        file.Position = 0;
        if (start.Length == 0) throw new DocumentException(DocumentErrorClass.Empty, $"{name} is empty. Check that it is the right file.");
        var pagesLeft = options.Limits.Pages - _sources.Sum(source => source.PageCount);
        if (pagesLeft <= 0)
        {
            throw new DocumentException(DocumentErrorClass.TooManyPages,
                $"{name} would bring the fax to more than the {options.Limits.Pages} pages that are allowed. Send it by itself.");
        }

        _sources.Add(OpenPages(name, file, start, pagesLeft, cancel));
    }

    private static FileStream OpenFile(DocumentFile document)
    {
        try
        {
            var file = new FileStream(document.Path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            // Pipes and devices have no end that could be known.
            if (file.CanSeek) return file;
            file.Dispose();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DocumentException(DocumentErrorClass.NotReadable, $"There is no file {document.DisplayName}. Check its name and folder.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DocumentException(DocumentErrorClass.NotReadable, $"{document.DisplayName} cannot be read: {e.Message} Check its permissions.");
        }

        throw new DocumentException(DocumentErrorClass.NotReadable, $"{document.DisplayName} is no regular file. Save its content in one and send that.");
    }

    private IPageSource OpenPages(string name, FileStream file, byte[] start, int pagesLeft, CancellationToken cancel)
    {
        switch (DocumentSniffer.Sniff(start))
        {
            case DocumentKind.Pdf:
                var renderer = new PdfRenderer(name, file, options);
                _confinement = renderer.Level;
                return PdfPageSource.Open(renderer, options, pagesLeft, isNext: _sources.Count == 0, cancel);
            case DocumentKind.Tiff:
                return new TiffPageSource(name, file, options, pagesLeft);
            case DocumentKind.Png or DocumentKind.Jpeg:
                return new ImagePageSource(name, file, options);
            case DocumentKind.Text:
                if (file.Length > LongestText)
                    throw new DocumentException(DocumentErrorClass.TooLarge, $"{name} is a text of more than {LongestText >> 20} MiB. Send it in parts.");
                var content = new byte[file.Length];
                file.ReadExactly(content);
                return new TextPageSource(name, content, options, _shelf, pagesLeft);
            default:
                throw DocumentSniffer.Refusal(name, start);
        }
    }

    private void Draw(DocumentFile document, IPageSource source, int number, FaxPageWriter writer, CancellationToken cancel)
    {
        for (var page = 0; page < source.PageCount; page++)
        {
            cancel.ThrowIfCancellationRequested();
            writer.Write(source, number, page, cancel);
            if (output.Length > options.Limits.OutputOctets)
            {
                throw new DocumentException(DocumentErrorClass.TooLarge,
                    $"{document.DisplayName} makes more than the {options.Limits.OutputOctets} octets of fax pages that are allowed, at page {page + 1}. Send it in parts, or as text instead of photographs.");
            }
        }

        // The renderer's process and folder are not needed while the next document is drawn.
        source.Dispose();
    }

    private RenderOutcome Outcome(DocumentError? error, IReadOnlyList<RenderedPage> pages) => new()
    {
        Error = error,
        Pages = pages,
        Warnings = [.. _sources.SelectMany(source => source.Warnings)],
        Confinement = _confinement,
    };
}
