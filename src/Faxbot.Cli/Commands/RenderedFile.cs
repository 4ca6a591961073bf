using Faxbot.Documents;
using Faxbot.Imaging.Tiff;

namespace Faxbot.Cli.Commands;

/// <summary>Documents as fax pages in a file of our own, which goes when this is disposed.</summary>
internal sealed class RenderedFile : IDisposable
{
    private readonly DirectoryInfo _folder;

    private RenderedFile(DirectoryInfo folder, string path, TiffFaxDocument document, RenderOutcome outcome)
    {
        _folder = folder;
        Path = path;
        Document = document;
        Outcome = outcome;
    }

    /// <summary>The TIFF-F file.</summary>
    public string Path { get; }

    /// <summary>The pages.</summary>
    public TiffFaxDocument Document { get; }

    /// <summary>What was decided for each.</summary>
    public RenderOutcome Outcome { get; }

    /// <summary>Renders.</summary>
    /// <exception cref="BadInputException">A document cannot be rendered.</exception>
    public static async Task<RenderedFile> CreateAsync(IReadOnlyList<DocumentFile> documents, RenderOptions options, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("faxbot-");
        try
        {
            var path = System.IO.Path.Combine(folder.FullName, "pages.tif");
            var outcome = await new FaxDocumentRenderer().RenderAsync(documents, path, options, cancel);
            if (outcome.Error is { } error) throw new BadInputException(error.Message);
            var opened = TiffFaxDocument.TryOpen(path, out var document);
            if (opened != TiffError.None) throw new InvalidOperationException($"The rendered pages cannot be read back: {opened.Describe()}");
            return new RenderedFile(folder, path, document!, outcome);
        }
        catch
        {
            folder.Delete(recursive: true);
            throw;
        }
    }

    public void Dispose()
    {
        Document.Dispose();
        _folder.Delete(recursive: true);
    }
}
