using Faxbot.Testing.Processes;

namespace Faxbot.Testing.Asterisk;

/// <summary>The unpacked Asterisk that all instances share, downloaded once (some 80 MB of Debian packages) and kept in the cache.</summary>
internal static class AsteriskInstall
{
    private static readonly SemaphoreSlim Gate = new(1);
    private static string? _folder;

    /// <summary>The lab's script.</summary>
    public static string Script { get; } = RepositoryRoot.Of("test", "lab", "asterisk-lab", "asterisk-lab");

    /// <summary>Its folder, once Asterisk is in it and instances of dead test runs are stopped.</summary>
    public static async Task<string> FolderAsync()
    {
        await Gate.WaitAsync();
        try
        {
            return _folder ??= await InstallAsync();
        }
        finally
        {
            Gate.Release();
        }
    }

    /// <summary>Runs the script on <paramref name="folder"/>.</summary>
    public static Task<ProcessResult> RunAsync(string folder, string command, IEnumerable<string> arguments, TimeSpan limit) =>
        ProcessRunner.RunAsync(Script, [command, folder, .. arguments], new ProcessOptions { Timeout = limit });

    private static async Task<string> InstallAsync()
    {
        await DebianPackages.EnsureAsync("debian-archive-keyring", "util-linux");
        var folder = CacheFolder.Of("asterisk-lab");
        var result = await RunAsync(folder, "install", [], TimeSpan.FromMinutes(10));
        if (result.ExitCode != 0) throw new InvalidOperationException($"This test needs Asterisk, which could not be had.\n{result.Error}{result.Output}".TrimEnd());
        await StopOrphansAsync(folder);
        return folder;
    }

    // An instance is called t-PID-N by the test process that owns it; when that was killed, nobody else would stop it.
    private static async Task StopOrphansAsync(string folder)
    {
        var instances = Path.Combine(folder, "instances");
        if (!Directory.Exists(instances)) return;
        using var only = await InterprocessLock.AcquireAsync(Path.Combine(folder, ".orphans.lock"), TimeSpan.FromMinutes(2));
        foreach (var name in Directory.EnumerateDirectories(instances, "t-*-*").Select(path => Path.GetFileName(path)!))
        {
            if (Directory.Exists($"/proc/{name.Split('-')[1]}")) continue;
            await RunAsync(folder, "stop", ["--name", name], TimeSpan.FromSeconds(30));
            Directory.Delete(Path.Combine(instances, name), recursive: true);
        }
    }
}
