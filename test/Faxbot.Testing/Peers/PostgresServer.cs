using System.Globalization;
using Faxbot.Testing.Network;
using Faxbot.Testing.Processes;

namespace Faxbot.Testing.Peers;

/// <summary>
/// A real PostgreSQL on a free port of 127.0.0.1 with a folder of its own, which goes with it. Its only user <c>faxbot</c> needs no password.
/// Unless asked to, it does not wait for the disk. It ends with <see cref="DisposeAsync"/>, or soon after the process that started it. Safe for concurrent use.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    // A test process that is killed stops nothing: this looks whether it is still there.
    private const string Watch =
        """
        owner=$1; shift
        "$@" & server=$!
        trap 'kill -INT $server; wait $server; exit' TERM INT
        while [ -d /proc/$owner ] && kill -0 $server 2>/dev/null; do sleep 1 & wait $!; done
        kill -INT $server 2>/dev/null
        wait $server
        """;

    private static readonly string[] Careless = ["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off"];
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private readonly PortReservation _port;
    private readonly TempFolder _folder;
    private readonly string _programs;
    private readonly string[] _command;
    private RunningProcess _process;
    private int _databases;

    private PostgresServer(PortReservation port, TempFolder folder, string programs, string[] command, RunningProcess process) =>
        (_port, _folder, _programs, _command, _process) = (port, folder, programs, command, process);

    /// <summary>Makes the folder and starts the server; takes a few seconds.</summary>
    /// <param name="durable">It waits for the disk after all, where that is what is measured.</param>
    /// <exception cref="InvalidOperationException">It cannot be had or does not start; the message says why.</exception>
    public static async Task<PostgresServer> StartAsync(bool durable = false)
    {
        await DebianPackages.EnsureAsync("postgresql", "util-linux");
        var programs = FindPrograms();
        var port = PortReservation.Take();
        var folder = new TempFolder();
        try
        {
            var user = await UserAsync(folder.FullPath);
            var rows = folder.Of("rows");
            string[] create = [.. As(user), Path.Combine(programs, "initdb"), "-D", rows, "-U", "faxbot", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"];
            await ProcessRunner.RunSuccessfullyAsync(create[0], create[1..], new ProcessOptions { Timeout = Limit, WorkingFolder = folder.FullPath });
            string[] command =
            [
                .. As(user), "sh", "-c", Watch, "watch", Text(Environment.ProcessId), Path.Combine(programs, "postgres"),
                "-D", rows, "-k", folder.FullPath, "-p", Text(port.First), "-c", "listen_addresses=127.0.0.1", .. durable ? [] : Careless,
                "-c", "shared_buffers=64MB", "-c", "max_connections=200",
            ];
            return new PostgresServer(port, folder, programs, command, await RunAsync(command, folder));
        }
        catch
        {
            folder.Dispose();
            port.Dispose();
            throw;
        }
    }

    /// <summary>A new, empty database.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = "faxbot" + Text(Interlocked.Increment(ref _databases));
        await ProcessRunner.RunSuccessfullyAsync(Path.Combine(_programs, "createdb"), ["-h", "127.0.0.1", "-p", Text(_port.First), "-U", "faxbot", name]);
        return $"Host=127.0.0.1;Port={Text(_port.First)};Username=faxbot;Database={name};Maximum Pool Size=30;Timeout=60;Command Timeout=120";
    }

    /// <summary>Stops it; those who are connected are cut off. Its rows stay.</summary>
    public async Task StopAsync()
    {
        await _process.StopAsync(Limit);
        await _process.DisposeAsync();
    }

    /// <summary>Starts it again after <see cref="StopAsync"/>, on the same port.</summary>
    public async Task StartAgainAsync() => _process = await RunAsync(_command, _folder);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _process.StopAsync();
        await _process.DisposeAsync();
        _folder.Dispose();
        _port.Dispose();
    }

    private static async Task<RunningProcess> RunAsync(string[] command, TempFolder folder)
    {
        var process = RunningProcess.Start(command[0], command[1..], new ProcessOptions { WorkingFolder = folder.FullPath });
        await process.WaitForLineAsync(line => line.Contains("ready to accept connections", StringComparison.Ordinal), Limit);
        return process;
    }

    private static string FindPrograms()
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        var debian = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin"))
            : [];
        return debian.Concat(path).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "createdb")))
            ?? throw new InvalidOperationException("This test needs PostgreSQL: neither PATH nor /usr/lib/postgresql has initdb and createdb.");
    }

    // PostgreSQL refuses to run as root: then it runs as the package's own user, to whom the folder is given.
    private static async Task<string?> UserAsync(string folder)
    {
        if (Environment.UserName != "root") return null;
        var known = await ProcessRunner.RunAsync("id", ["-u", "postgres"]);
        var user = known.ExitCode == 0 ? "postgres" : "nobody";
        await ProcessRunner.RunSuccessfullyAsync("chown", [user, folder]);
        return user;
    }

    private static string[] As(string? user) => user is null ? [] : ["setpriv", "--reuid", user, "--regid", user == "nobody" ? "nogroup" : user, "--clear-groups", "--"];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
