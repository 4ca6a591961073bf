using Faxbot.Testing.Processes;

namespace Faxbot.Testing;

/// <summary>Debian packages that a test needs. The launcher (<c>./faxbot install-packages</c>) does the work, once per machine.</summary>
public static class DebianPackages
{
    private static readonly SemaphoreSlim Gate = new(1);
    private static readonly HashSet<string> Present = [];

    /// <summary>Installs what is missing of <paramref name="names"/>. Cheap when all is there; safe from parallel tests and processes.</summary>
    /// <exception cref="InvalidOperationException">One cannot be had; the message has apt's reason, or the line to run as root.</exception>
    public static async Task EnsureAsync(params string[] names)
    {
        await Gate.WaitAsync();
        try
        {
            var missing = names.Where(name => !Present.Contains(name)).ToArray();
            if (missing.Length == 0) return;
            var result = await ProcessRunner.RunAsync(
                RepositoryRoot.Of("faxbot"), missing.Prepend("install-packages"), new ProcessOptions { Timeout = TimeSpan.FromMinutes(15) });
            if (result.ExitCode != 0)
                throw new InvalidOperationException($"This test needs {string.Join(", ", missing)} from Debian.\n{result.Error}{result.Output}".TrimEnd());
            Present.UnionWith(missing);
        }
        finally
        {
            Gate.Release();
        }
    }
}
