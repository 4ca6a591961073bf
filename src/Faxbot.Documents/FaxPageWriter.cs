using Faxbot.Documents.Headers;
using Faxbot.Imaging.Pages;
using Faxbot.Imaging.Tiff;

namespace Faxbot.Documents;

/// <summary>Gives pages their header and writes them, MMR, one at a time.</summary>
internal sealed class FaxPageWriter(Stream output, RenderOptions options, HeaderBand? header, int pageCount) : IDisposable
{
    private readonly TiffFaxWriter _writer =
        new(output, new TiffWriteOptions { Written = options.Header?.Sent }, leaveOpen: true);
    private readonly List<RenderedPage> _pages = [];

    /// <summary>The pages written so far.</summary>
    public IReadOnlyList<RenderedPage> Pages => _pages;

    /// <summary>Draws and writes a page of a document.</summary>
    public void Write(IPageSource source, int document, int index, CancellationToken cancel)
    {
        var page = source.Draw(index, 0, cancel);
        if (header is not null)
        {
            if (!HeaderRoom.TryMake(page.Bitmap, header.Rows)) page = source.Draw(index, header.Rows, cancel);
            header.Draw(page.Bitmap, _pages.Count + 1, pageCount);
        }

        var begin = output.Length;
        _writer.BeginPage(options.Format, FaxCoding.Mmr);
        for (var y = 0; y < page.Bitmap.Height; y++) _writer.WriteRow(page.Bitmap.Row(y));
        _writer.EndPage();
        _pages.Add(new RenderedPage(
            document, index + 1, page.Bitmap.Height, page.Scale, page.IsTurned, page.IsFlattened, page.DitheredShare, output.Length - begin));
    }

    /// <summary>Completes the file.</summary>
    public void Complete() => _writer.Complete();

    /// <inheritdoc />
    public void Dispose() => _writer.Dispose();
}
