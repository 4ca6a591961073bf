using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Faxbot.Server.Plugins.Processes;

/// <summary>
/// The command line and environment of a plugin's process: in a session of its own, so that Ctrl-C reaches the gateway only; without the chance
/// of new privileges; under limits that the kernel keeps; with nothing of the gateway's environment but what programs need to run; and in a
/// sandbox where the machine permits it.
/// </summary>
internal static class PluginCommand
{
    private const string Session = "/usr/bin/setsid", Privileges = "/usr/bin/setpriv", Limiter = "/usr/bin/prlimit";
    private const long ThreadStack = 1 << 20;

    private static readonly string[] Certificates = ["SSL_CERT_DIR", "SSL_CERT_FILE"];
    private static readonly string[] Kept = ["PATH", "TZ", "LANG", "LC_ALL", "DOTNET_ROOT", .. Certificates];

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
        var current = entry is null ? ownFolder : wish.Package.Folder;
        var start = new ProcessStartInfo
        {
            FileName = Session,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = current,
        };
        SetEnvironment(start, options, ownFolder);
        string[] program = [Privileges, "--no-new-privs", Limiter, .. LimitArguments(options.Limits), "--", .. entry ?? [DotNet(), options.HostPath, wish.Package.Folder]];
        IReadOnlyList<string> line = options.RunsInSandbox ? PluginSandbox.Around(program, Readable(wish, options, start.Environment), ownFolder, current) : program;
        foreach (var argument in line) start.ArgumentList.Add(argument);
        return start;
    }

    // What the plugin reads beside the system's own files: itself, what runs it, and certificates that the operator put elsewhere.
    private static IEnumerable<string> Readable(PluginWish wish, PluginOptions options, IDictionary<string, string?> environment)
    {
        var runtime = wish.Manifest.Entry is null ? new[] { Path.GetDirectoryName(DotNet())!, Path.GetDirectoryName(options.HostPath)! } : [];
        var certificates = Certificates.SelectMany(name => environment.TryGetValue(name, out var value) ? value!.Split(':', StringSplitOptions.RemoveEmptyEntries) : []);
        return [wish.Package.Folder, .. runtime, .. certificates.Where(Path.IsPathRooted)];
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
