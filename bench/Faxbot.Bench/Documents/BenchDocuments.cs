using Faxbot.Testing;
using Faxbot.Testing.Processes;

namespace Faxbot.Bench.Documents;

/// <summary>The three ten-page documents of the measurements, made once per machine from files that Debian packages ship.</summary>
internal static class BenchDocuments
{
    /// <summary>Pages in each.</summary>
    public const int Pages = 10;

    private static readonly string[] Packages =
    [
        "debian-history", "cups-filters", "asymptote-doc", "graphviz-doc", "mate-backgrounds", "qpdf", "poppler-utils", "ghostscript", "img2pdf",
        "python3-pil", "python3-numpy",
    ];

    /// <summary>text10: a book's pages. scan10: a noisy grey scan with photographs. mixed10: charts, figures, small type.</summary>
    public static IReadOnlyList<string> Names { get; } = ["text10", "scan10", "mixed10"];

    /// <summary>The folder with <c>NAME.pdf</c> for each name.</summary>
    public static async Task<string> FolderAsync()
    {
        var folder = CacheFolder.Of("documents");
        using var alone = await InterprocessLock.AcquireAsync(Path.Combine(folder, "lock"), TimeSpan.FromMinutes(30));
        // scan10 is made last: where it is, all are.
        if (File.Exists(Path.Combine(folder, "complete"))) return folder;
        await DebianPackages.EnsureAsync(Packages);
        await ProcessRunner.RunSuccessfullyAsync(
            "/bin/sh", [RepositoryRoot.Of("test", "lab", "spandsp-peer", "bench", "make-documents.sh"), folder], new ProcessOptions { Timeout = TimeSpan.FromMinutes(10) });
        await File.WriteAllBytesAsync(Path.Combine(folder, "complete"), []);
        return folder;
    }
}
