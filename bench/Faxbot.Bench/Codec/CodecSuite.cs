using System.Globalization;
using Faxbot.Imaging.Pages;
using Faxbot.Testing;

namespace Faxbot.Bench.Codec;

/// <summary>
/// T.4 and T.6, both directions: ours against the faster of libtiff and libspandsp, in turn on the same pages, medians of the rounds.
/// </summary>
internal sealed class CodecSuite : IBenchSuite
{
    private const int WarmUps = 6;
    private const int Rounds = 15;
    private const double Seconds = 0.05;
    private const double Goal = 1.5;

    /// <inheritdoc />
    public string Name => "codec";

    /// <inheritdoc />
    public async Task RunAsync(BenchReport report)
    {
        using var folder = new TempFolder();
        report.Note($"A4 fine, in memory, megabytes of bitmap in a second of processor time, medians of {Rounds} rounds in turn");
        await CompareAsync(report, "text", await CodecInputs.TextAsync(folder));
        await CompareAsync(report, "dithered", await CodecInputs.DitheredAsync(folder));
    }

    private static async Task CompareAsync(BenchReport report, string pages, string path)
    {
        var ours = new OurCodec(BitmapFile.Read(path));
        // Until the compiler is done with it, as in a gateway that runs for long.
        for (var round = 0; round < WarmUps; round++) MeasureOurs(ours);
        var (rates, findings) = (new List<Dictionary<CodecCell, double>>(), new List<PeerFinding>());
        for (var round = 0; round < Rounds; round++)
        {
            findings.AddRange(await PeerCodecs.MeasureAsync(path, Seconds));
            rates.Add(MeasureOurs(ours));
        }

        ours.Verify();
        NoteSizes(report, pages, ours, findings);
        foreach (var cell in CodecCell.All)
        {
            var peer = findings.Where(finding => finding.Cell == cell).GroupBy(finding => finding.Library)
                .Select(library => (Library: library.Key, Rate: Median(library.Select(finding => finding.Rate)))).MaxBy(library => library.Rate);
            report.AtLeast($"{cell}, {pages}, {peer.Library} is faster", Median(rates.Select(round => round[cell])), peer.Rate, Goal, "MB/s");
        }
    }

    private static Dictionary<CodecCell, double> MeasureOurs(OurCodec ours) =>
        CodecCell.All.ToDictionary(cell => cell, cell => ours.Measure(cell, Seconds));

    /// <summary>The same pages come to the same number of octets, but for the ends of pages and the tags of a TIFF file.</summary>
    private static void NoteSizes(BenchReport report, string pages, OurCodec ours, List<PeerFinding> findings)
    {
        foreach (var coding in Enum.GetValues<FaxCoding>())
        {
            var peers = findings.Where(finding => finding.Cell.Coding == coding).DistinctBy(finding => finding.Library)
                .Select(finding => string.Create(CultureInfo.InvariantCulture, $"{finding.Library} {finding.CodedOctets:0}"));
            report.Note(string.Create(CultureInfo.InvariantCulture,
                $"{pages}, {coding}: octets a page ours {ours.CodedOctets(coding):0}, {string.Join(", ", peers)}; pixels compared"));
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
