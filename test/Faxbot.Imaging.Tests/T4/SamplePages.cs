using Faxbot.Imaging.Pages;
using Faxbot.Testing;
using Faxbot.Testing.Processes;

namespace Faxbot.Imaging.Tests.T4;

/// <summary>The repository's sample letter as Ghostscript draws it at 204 x 196 dpi.</summary>
internal static class SamplePages
{
    public static async Task<List<PageBitmap>> LetterAsync(TempFolder folder)
    {
        await ProcessRunner.RunSuccessfullyAsync("gs",
            ["-q", "-dSAFER", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pbmraw", "-r204x196", "-g1728x2292", $"-sOutputFile={folder.Of("page%d.pbm")}",
             RepositoryRoot.Of("samples", "letter.pdf")]);
        var pages = new List<PageBitmap>();
        for (var number = 1; File.Exists(folder.Of($"page{number}.pbm")); number++)
        {
            var page = new PageBitmap(1728, 2292);
            var file = await File.ReadAllBytesAsync(folder.Of($"page{number}.pbm"));
            file.AsSpan(file.Length - page.Rows.Length).CopyTo(page.Rows);
            pages.Add(page);
        }

        Assert.NotEmpty(pages);
        return pages;
    }
}
