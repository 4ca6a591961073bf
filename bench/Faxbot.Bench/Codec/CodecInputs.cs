using Faxbot.Bench.Documents;
using Faxbot.Testing;
using Faxbot.Testing.Processes;

namespace Faxbot.Bench.Codec;

/// <summary>The pages that ours and the peers code, A4 fine, each as a TIFF file that all read before the clock starts.</summary>
internal static class CodecInputs
{
    private const int Photographs = 2;
    private const string PhotographFolder = "/usr/share/backgrounds/mate/nature";

    /// <summary>Pages of a book, as Ghostscript draws them for fax.</summary>
    public static async Task<string> TextAsync(TempFolder folder)
    {
        var path = folder.Of("text.tif");
        await ProcessRunner.RunSuccessfullyAsync("gs",
        [
            "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffg4", "-r204x196", "-sPAPERSIZE=a4", "-dFIXEDMEDIA", "-dPDFFitPage",
            $"-sOutputFile={path}", Path.Combine(await BenchDocuments.FolderAsync(), "text10.pdf"),
        ]);
        return path;
    }

    /// <summary>Photographs that fill the page, Floyd-Steinberg.</summary>
    public static async Task<string> DitheredAsync(TempFolder folder)
    {
        // The photographs come with the packages of the documents.
        await BenchDocuments.FolderAsync();
        var path = folder.Of("dithered.tif");
        await ProcessRunner.RunSuccessfullyAsync("/usr/bin/python3",
            [RepositoryRoot.Of("test", "lab", "spandsp-peer", "bench", "make_photos.py"), PhotographFolder, path, $"{Photographs}"]);
        return path;
    }
}
