using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Faxbot.Cli.Gateways;

/// <summary>The gateway's program, which lies beside this one.</summary>
internal static partial class ServerProcess
{
    private const int Terminate = 15;
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(60);

    private static string Assembly => Path.Combine(AppContext.BaseDirectory, "server", "Faxbot.Server.dll");

    /// <summary>Runs it in the foreground, in this terminal, until it ends; signals reach it by themselves or through this process.</summary>
    public static async Task<int> RunAsync(IEnumerable<string> arguments, CancellationToken cancel)
    {
        using var process = Start(arguments, new Dictionary<string, string>(), silent: false);
        await using var stopping = cancel.Register(() => Signal(process.Id, Terminate));
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode;
    }

    /// <summary>Starts a private one on a free port of this machine and waits until it listens.</summary>
    /// <param name="dataFolder">Where it keeps what it has, whatever a configuration says: there its address and key are looked for.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="BadInputException">It did not start; its own words say why.</exception>
    public static async Task<Process> StartPrivateAsync(string dataFolder, CancellationToken cancel)
    {
        var process = Start([], new Dictionary<string, string> { ["FAXBOT_LISTEN"] = "127.0.0.1:0", ["FAXBOT_DATA_FOLDER"] = dataFolder }, silent: true);
        var error = process.StandardError.ReadToEndAsync(cancel);
        while (await process.StandardOutput.ReadLineAsync(cancel) is { } line)
        {
            if (!line.Contains("listens on ", StringComparison.Ordinal)) continue;
            // Its log must not fill the pipe.
            _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            return process;
        }

        await process.WaitForExitAsync(cancel);
        throw new BadInputException($"the gateway could not start: {(await error).Trim()}");
    }

    /// <summary>Starts one that runs a plugin in the sandbox of a gateway; its input and output are the plugin's.</summary>
    /// <param name="package">The folder of the package.</param>
    /// <param name="ownFolder">The folder that the plugin may write to.</param>
    public static Process StartPlugin(string package, string ownFolder) => Start(["plugin", "run", package, ownFolder], [], silent: true, isSpokenTo: true);

    /// <summary>Asks it to end in order and waits for that.</summary>
    public static async Task StopAsync(Process process)
    {
        using (process)
        {
            if (process.HasExited) return;
            Signal(process.Id, Terminate);
            using var limit = new CancellationTokenSource(StopLimit);
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private static Process Start(IEnumerable<string> arguments, Dictionary<string, string> environment, bool silent, bool isSpokenTo = false)
    {
        if (!File.Exists(Assembly)) throw new BadInputException($"the gateway's program is not at {Assembly}: build or install Faxbot whole.");
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet", [Assembly, .. arguments])
        {
            RedirectStandardInput = isSpokenTo,
            RedirectStandardOutput = silent,
            RedirectStandardError = silent,
        };
        // These two are for who speaks with a gateway, and no settings of one.
        foreach (var name in (string[])[GatewayLocator.AddressVariable, GatewayLocator.KeyVariable]) start.Environment.Remove(name);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static void Signal(int process, int signal) => _ = SendSignal(process, signal);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}
