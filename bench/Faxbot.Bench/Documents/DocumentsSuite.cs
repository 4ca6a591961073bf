using System.Globalization;
using Faxbot.Documents;
using Faxbot.Testing.Processes;

namespace Faxbot.Bench.Documents;

/// <summary>
/// Document to fax pages, processor time: poppler alone, drawing the same pages at the same resolution into nothing, against the whole way
/// from the PDF to a file of MMR pages, poppler and its confinement included.
/// </summary>
internal sealed class DocumentsSuite : IBenchSuite
{
    private const int WarmUps = 25, Runs = 9;
    private const double Goal = 1.5;

    /// <inheritdoc />
    public string Name => "documents";

    /// <inheritdoc />
    public async Task RunAsync(BenchReport report)
    {
        var folder = await BenchDocuments.FolderAsync();
        report.Note($"{BenchDocuments.Pages} pages each, 204 x 196 dpi, processor milliseconds of all processes, medians of {Runs} runs in turn; renderer confined: {FaxDocumentRenderer.HostConfinement}");
        foreach (var name in BenchDocuments.Names)
        {
            var path = Path.Combine(folder, name + ".pdf");
            // Until the compiler is done with it, as in a gateway that runs for long.
            for (var i = 0; i < WarmUps; i++) await OursAsync(path);
            await PeerAsync(path);
            var (ours, peer, own) = (new double[Runs], new double[Runs], new double[Runs]);
            for (var run = 0; run < Runs; run++)
            {
                peer[run] = await PeerAsync(path);
                (ours[run], own[run]) = await OursAsync(path);
            }

            report.AtMost($"{name}: PDF to fax pages / renderer alone", Median(ours), Median(peer), Goal, "ms");
            report.Note(string.Create(CultureInfo.InvariantCulture, $"{string.Empty,4}of it in this process {Median(own):0.0} ms, the rest in the confined renderer"));
        }
    }

    private static async Task<(double All, double Own)> OursAsync(string path)
    {
        using var output = new MemoryStream();
        var (own, children) = (ProcessorTime.SelfSeconds, ProcessorTime.ChildrenSeconds);
        var outcome = await new FaxDocumentRenderer().RenderAsync([new DocumentFile(path)], output);
        var (ownSpent, childrenSpent) = (ProcessorTime.SelfSeconds - own, ProcessorTime.ChildrenSeconds - children);
        if (outcome.PageCount != BenchDocuments.Pages) throw new InvalidOperationException($"{path}: {outcome.Error?.Message}");
        return ((ownSpent + childrenSpent) * 1000, ownSpent * 1000);
    }

    private static async Task<double> PeerAsync(string path)
    {
        var children = ProcessorTime.ChildrenSeconds;
        // exec: the shell only opens /dev/null and becomes the renderer.
        await ProcessRunner.RunSuccessfullyAsync("/bin/sh",
            ["-c", "exec \"$@\" >/dev/null", "sh", "pdftoppm", "-gray", "-aa", "no", "-aaVector", "no", "-cropbox", "-rx", "204.15", "-ry", "195.58", path]);
        return (ProcessorTime.ChildrenSeconds - children) * 1000;
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
