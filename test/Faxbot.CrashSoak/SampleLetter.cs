using Faxbot.Documents.Export;
using Faxbot.Imaging.Pages;
using Faxbot.Testing.Faxes;

namespace Faxbot.CrashSoak;

/// <summary>PDFs of short pages, which take little time on the line.</summary>
internal static class SampleLetter
{
    private const int Width = 1728, Rows = 300;

    /// <summary>Writes one with so many pages and gives its path back.</summary>
    public static string Write(string path, int pages)
    {
        using var document = new BitmapDocument(FaxResolution.Standard, [.. Enumerable.Range(1, pages).Select(seed => SamplePages.Text(Width, Rows, seed))]);
        using var file = File.Create(path);
        FaxPdfWriter.Write(document, file);
        return path;
    }
}
