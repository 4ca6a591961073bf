using Faxbot.Imaging.Pages;
using Faxbot.Imaging.Tiff;
using Faxbot.Testing;

namespace Faxbot.Documents.Tests.Support;

/// <summary>A folder for one test's files, and renderings in it that are seen to leave nothing else behind.</summary>
internal sealed class RenderBench : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _temp;

    public RenderBench()
    {
        _temp = _folder.Of("private");
        Directory.CreateDirectory(_temp);
    }

    /// <summary>Where a rendering puts its pages.</summary>
    public string Output => _folder.Of("out.tif");

    /// <summary>The pages of the last rendering.</summary>
    public IReadOnlyList<PageBitmap> Pages { get; private set; } = [];

    /// <summary>The lines of the machine that the renderers' private folders are in.</summary>
    public string Temp => _temp;

    public string Of(string name) => _folder.Of(name);

    public string Put(string name, ReadOnlySpan<byte> content)
    {
        File.WriteAllBytes(Of(name), content);
        return Of(name);
    }

    public string Pdf(params TestPdfPage[] pages) => TestPdf.Write(Of($"{Guid.NewGuid():N}.pdf"), pages);

    /// <summary>A file of test/corpus/documents.</summary>
    public static string Corpus(string name) => RepositoryRoot.Of("test", "corpus", "documents", name);

    /// <summary>Renders, and checks that no private folder and no half-written file is left.</summary>
    public async Task<RenderOutcome> RenderAsync(RenderOptions? options, params string[] files)
    {
        await DebianPackages.EnsureAsync("poppler-utils", "fonts-dejavu-core");
        var outcome = await new FaxDocumentRenderer().RenderAsync(
            [.. files.Select(file => new DocumentFile(file))], Output, (options ?? new RenderOptions()) with { TempFolder = _temp }, TestContext.Current.CancellationToken);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_temp));
        Assert.Empty(Directory.EnumerateFiles(Path.GetDirectoryName(Output)!, ".*"));
        Assert.Equal(outcome.Error is null, File.Exists(Output));
        Pages = outcome.Error is null ? Load(Output) : [];
        Assert.Equal(outcome.PageCount, Pages.Count);
        return outcome;
    }

    /// <summary>Renders what must be a success.</summary>
    public async Task<IReadOnlyList<PageBitmap>> PagesOfAsync(RenderOptions? options, params string[] files)
    {
        var outcome = await RenderAsync(options, files);
        Assert.Null(outcome.Error);
        return Pages;
    }

    /// <summary>Renders what must be an error whose sentence names the last file.</summary>
    public async Task<DocumentError> ErrorOfAsync(RenderOptions? options, params string[] files)
    {
        var outcome = await RenderAsync(options, files);
        Assert.NotNull(outcome.Error);
        Assert.Contains(Path.GetFileName(files[^1]), outcome.Error.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", outcome.Error.Message, StringComparison.Ordinal);
        return outcome.Error;
    }

    public void Dispose() => _folder.Dispose();

    private static List<PageBitmap> Load(string path)
    {
        Assert.Equal(TiffError.None, TiffFaxDocument.TryOpen(path, out var document));
        using (document)
        {
            var pages = new List<PageBitmap>();
            for (var i = 0; i < document!.PageCount; i++)
            {
                using var reader = document.OpenPage(i);
                var page = new PageBitmap(reader.Format.Width, document.Pages[i].Rows);
                for (var y = 0; y < page.Height; y++) Assert.True(reader.TryReadRow(page.Row(y)));
                Assert.Equal(0, reader.BadRows);
                pages.Add(page);
            }

            return pages;
        }
    }
}
