using Faxbot.Imaging.Pages;
using Faxbot.Imaging.Tiff;
using Faxbot.Testing.Faxes;

namespace Faxbot.Interop.Tests.Asterisk;

/// <summary>Documents for calls that are to end in the middle.</summary>
internal static class SampleTiff
{
    /// <summary>
    /// How long after the answer Asterisk hangs up so that the first page of <see cref="Write"/> is confirmed and the second under way:
    /// Asterisk is at the second after some 20 s and needs a minute for it.
    /// </summary>
    public const int SecondsIntoSecondPage = 36;

    /// <summary>A light page, one of noise that takes a minute at 14400 bit/s, and a light one; or the first <paramref name="pages"/> of them.</summary>
    public static void Write(string path, int pages = 3)
    {
        using var writer = TiffFaxWriter.Create(path);
        PageBitmap[] all = [SamplePages.Text(1728, 200, 1), SamplePages.Noise(1728, 330, 0.3, 2), SamplePages.Text(1728, 200, 3)];
        foreach (var page in all.Take(pages))
        {
            writer.BeginPage(new PageFormat(1728, FaxResolution.Fine), FaxCoding.Mmr);
            for (var y = 0; y < page.Height; y++) writer.WriteRow(page.Row(y));
            writer.EndPage();
        }

        writer.Complete();
    }

    /// <summary>Opens a document.</summary>
    public static TiffFaxDocument Open(string path)
    {
        Assert.Equal(TiffError.None, TiffFaxDocument.TryOpen(path, out var document));
        return document!;
    }
}
