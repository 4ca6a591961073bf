using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Faxbot.Server.Plugins.Processes;

/// <summary>
/// The command line and environment of a plugin's process: in a session of its own, so that Ctrl-C reaches the gateway only; without the chance
/// of new privileges; under limits that the kernel keeps; and with nothing of the gateway's environment but what programs need to run.
/// </summary>
internal static class PluginCommand
{
    private const string Session = "/usr/bin/setsid", Privileges = "/usr/bin/setpriv", Limiter = "/usr/bin/prlimit";
    private const long ThreadStack = 1 << 20;

    private static readonly string[] Kept = ["PATH", "TZ", "LANG", "LC_ALL", "DOTNET_ROOT", "SSL_CERT_DIR", "SSL_CERT_FILE"];

    // A plugin waits most of its life: little memory comes before speed. The heap's own limit turns a leak into an exception that says so.
    // Code mapped twice (W^X) would be a file against the limit of file sizes.
    private static readonly (string Name, string Value)[] Runtime =
    [
        ("DOTNET_gcServer", "0"), ("DOTNET_gcConcurrent", "0"), ("DOTNET_GCHeapCount", "1"), ("DOTNET_GCConserveMemory", "7"), ("DOTNET_GCgen0size", "0x400000"),
        ("DOTNET_TieredPGO", "0"), ("DOTNET_EnableWriteXorExecute", "0"), ("DOTNET_EnableDiagnostics", "0"), ("DOTNET_NOLOGO", "1"),
    ];

    public static ProcessStartInfo For(PluginWish wish, PluginOptions options, string ownFolder)
    {
        var entry = wish.Manifest.Entry;
        var start = new ProcessStartInfo(Session, [Privileges, "--no-new-privs", Limiter, .. LimitArguments(options.Limits), "--", .. entry ?? [DotNet(), options.HostPath, wish.Package.Folder]])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = entry is null ? ownFolder : wish.Package.Folder,
        };
        SetEnvironment(start, options, ownFolder);
        return start;
    }

    private static void SetEnvironment(ProcessStartInfo start, PluginOptions options, string ownFolder)
    {
        var kept = Kept.Select(name => (Name: name, Value: start.Environment.TryGetValue(name, out var value) ? value : null)).Where(variable => variable.Value is not null).ToArray();
        start.Environment.Clear();
        foreach (var (name, value) in kept.Concat(Runtime.Select(variable => (variable.Name, (string?)variable.Value)))) start.Environment[name] = value;
        start.Environment["DOTNET_GCHeapHardLimit"] = string.Create(CultureInfo.InvariantCulture, $"0x{options.Limits.Memory / 2:x}");
        start.Environment["HOME"] = ownFolder;
        start.Environment["TMPDIR"] = ownFolder;
        start.Environment.TryAdd("PATH", "/usr/local/bin:/usr/bin:/bin");
    }

    // RLIMIT_DATA counts what may be written to. RLIMIT_AS would count what is only reserved as well, and runtimes reserve without measure.
    private static IEnumerable<string> LimitArguments(PluginLimits limits) =>
    [
        Argument("data", limits.Memory), Argument("stack", ThreadStack), Argument("fsize", limits.FileSize), Argument("nofile", limits.OpenFiles), Argument("core", 0),
    ];

    private static string Argument(string name, long value) => string.Create(CultureInfo.InvariantCulture, $"--{name}={value}");

    // The program that runs this gateway's own assemblies, wherever it lies: .../dotnet beside .../shared/Microsoft.NETCore.App/10.0.x.
    private static string DotNet() => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
}
