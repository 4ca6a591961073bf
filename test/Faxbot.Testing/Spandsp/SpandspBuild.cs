using System.Security.Cryptography;
using System.Text;
using Faxbot.Testing.Processes;

namespace Faxbot.Testing.Spandsp;

/// <summary>The programs of <c>test/lab/spandsp-peer</c>, built once for each state of their sources and of the libraries.</summary>
public static class SpandspBuild
{
    private static readonly string[] Packages = ["gcc", "make", "libc6-dev", "libspandsp-dev", "libtiff-dev"];
    private static readonly SemaphoreSlim Gate = new(1);
    private static string? _bin;

    /// <summary>The path of <paramref name="program"/>: spandsp-peer, tiffdiff, selftest, t4bench, t38bench or graytofax.</summary>
    /// <exception cref="InvalidOperationException">The libraries or the compiler cannot be had, or the build failed; the message says why.</exception>
    public static async Task<string> ProgramAsync(string program)
    {
        await Gate.WaitAsync();
        try
        {
            return Path.Combine(_bin ??= await BuildAsync(), program);
        }
        finally
        {
            Gate.Release();
        }
    }

    private static async Task<string> BuildAsync()
    {
        await DebianPackages.EnsureAsync(Packages);
        var source = RepositoryRoot.Of("test", "lab", "spandsp-peer");
        var cache = CacheFolder.Of("spandsp-peer");
        var bin = Path.Combine(cache, await KeyAsync(source));
        using var only = await InterprocessLock.AcquireAsync(Path.Combine(cache, "build.lock"), TimeSpan.FromMinutes(5));
        if (Directory.Exists(bin)) return bin;

        var unfinished = $"{bin}.{Environment.ProcessId}";
        var built = await ProcessRunner.RunAsync(
            "make", ["-C", source, $"BIN={unfinished}", "-j2"], new ProcessOptions { Timeout = TimeSpan.FromMinutes(4) });
        if (built.ExitCode != 0) Directory.Delete(unfinished, recursive: true);
        built.EnsureSuccess();
        Directory.Move(unfinished, bin);
        return bin;
    }

    private static async Task<string> KeyAsync(string source)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var versions = await ProcessRunner.RunAsync("dpkg-query", ["-W", "-f", "${Package} ${Version} ${Architecture}\n", "libspandsp-dev", "libtiff-dev", "libc6"]);
        hash.AppendData(Encoding.UTF8.GetBytes(versions.Output));
        var files = Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".c" or ".h" || Path.GetFileName(file) == "Makefile");
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(source, file)));
            hash.AppendData(await File.ReadAllBytesAsync(file));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }
}
