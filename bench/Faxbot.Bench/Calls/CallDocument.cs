using Faxbot.Imaging.Pages;
using Faxbot.Imaging.Tiff;
using Faxbot.Testing.Faxes;

namespace Faxbot.Bench.Calls;

/// <summary>The document of the call benches: full A4 pages of made-up print, fine, the same for both sides.</summary>
internal static class CallDocument
{
    private const int Rows = 2292;

    /// <summary>Writes <paramref name="pages"/> pages as MMR.</summary>
    public static void Write(string path, int pages)
    {
        using var writer = TiffFaxWriter.Create(path);
        for (var page = 1; page <= pages; page++)
        {
            var bitmap = SamplePages.Text(1728, Rows, page);
            writer.BeginPage(new PageFormat(1728, FaxResolution.Fine), FaxCoding.Mmr);
            for (var y = 0; y < bitmap.Height; y++) writer.WriteRow(bitmap.Row(y));
            writer.EndPage();
        }

        writer.Complete();
    }

    /// <summary>Opens what <see cref="Write"/> wrote.</summary>
    public static TiffFaxDocument Open(string path) =>
        TiffFaxDocument.TryOpen(path, out var document) == TiffError.None ? document! : throw new InvalidOperationException($"{path} cannot be read.");
}
