using System.Globalization;
using Faxbot.Documents;
using Faxbot.Testing;
using Faxbot.Testing.Processes;

namespace Faxbot.Bench.Documents;

/// <summary>What a document costs on the line: octets of its pages in MMR, ours against those that Ghostscript's <c>tiffg4</c> makes of it.</summary>
internal sealed class AirTimeSuite : IBenchSuite
{
    private const double BitRate = 14_400;

    // A scan to a fifth, mixed pages to no more; text is on the report for completeness.
    private static readonly Dictionary<string, double> Goals = new() { ["scan10"] = 0.2, ["mixed10"] = 1 };

    /// <inheritdoc />
    public string Name => "airtime";

    /// <inheritdoc />
    public async Task RunAsync(BenchReport report)
    {
        var folder = await BenchDocuments.FolderAsync();
        report.Note($"{BenchDocuments.Pages} pages each, A4, 204 x 196 dpi, MMR in TIFF; Ghostscript: -r204x196 -sDEVICE=tiffg4 -dPDFFitPage");
        foreach (var name in BenchDocuments.Names)
        {
            var path = Path.Combine(folder, name + ".pdf");
            var (ours, peer) = (await OursAsync(path), await PeerAsync(path));
            if (Goals.TryGetValue(name, out var goal)) report.AtMost($"{name}: octets", ours, peer, goal, "octets");
            else report.Note(string.Create(CultureInfo.InvariantCulture, $"{name}: ours {ours} octets, peer {peer}, ratio {(double)ours / peer:0.00}"));
            report.Note(string.Create(CultureInfo.InvariantCulture, $"{string.Empty,4}{ours * 8 / BitRate:0} s on the line at 14400 bit/s instead of {peer * 8 / BitRate:0} s"));
        }
    }

    private static async Task<long> OursAsync(string path)
    {
        using var output = new MemoryStream();
        var outcome = await new FaxDocumentRenderer().RenderAsync([new DocumentFile(path)], output, new RenderOptions { Paper = PaperSize.A4 });
        return outcome.PageCount == BenchDocuments.Pages ? output.Length : throw new InvalidOperationException($"{path}: {outcome.Error?.Message}");
    }

    private static async Task<long> PeerAsync(string path)
    {
        using var folder = new TempFolder();
        await ProcessRunner.RunSuccessfullyAsync("gs",
        [
            "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sPAPERSIZE=a4", "-dFIXEDMEDIA", "-dPDFFitPage", "-r204x196", "-sDEVICE=tiffg4",
            $"-sOutputFile={folder.Of("pages.tif")}", path,
        ]);
        return new FileInfo(folder.Of("pages.tif")).Length;
    }
}
