using Faxbot.Testing.Processes;

namespace Faxbot.Testing.Tests.Launcher;

/// <summary>
/// The launcher in a clone of its own (with a blank in the path), between programs that only note how they were called: dotnet,
/// apt-get, dpkg-query and sudo. Nothing is built or installed.
/// </summary>
internal sealed class LauncherSandbox : IDisposable
{
    private const string Dotnet = """
        #!/bin/bash
        echo "dotnet $*" >>"$CALLS"
        case $1 in
          --list-sdks) echo "${SDKS-10.0.100} [/nowhere]" ;;
          build)
            [ -z "$SLOW" ] || sleep 0.5
            mkdir -p src/Faxbot.Cli/{obj,bin/Release/net10.0} test/Faxbot.Interop.Tests/bin/Release/net10.0
            touch src/Faxbot.Cli/bin/Release/net10.0/faxbot.dll test/Faxbot.Interop.Tests/bin/Release/net10.0/Faxbot.Interop.Tests.dll
            echo "what the compiler says"; exit ${BUILD_EXIT:-0} ;;
          test/*)
            name=$(basename "$1" .dll)
            while [ $# -gt 0 ]; do [ "$1" != -result-xml ] || xml=$2; shift; done
            . "$(dirname "$0")/$name" ;;
          *)
            [ -z "$WAIT" ] || { trap 'exit 42' INT; echo ready; while :; do sleep 0.05; done; }
            shift; printf '<%s>' "$@"; exit ${RUN_EXIT:-0} ;;
        esac
        """;

    private const string AptGet = """
        #!/bin/bash
        while [ "${1#-}" != "$1" ]; do [ "$1" = -o ] && shift; shift; done
        echo "apt-get $*" >>"$CALLS"
        case $1 in
          update) touch "$STATE/updated" ;;
          install)
            [ -e "$STATE/updated" ] && [ -z "$NO_SUCH" ] || { echo "E: Unable to locate package"; exit 100; }
            touch "$STATE/installed" ;;
        esac
        """;

    private const string DpkgQuery = """
        #!/bin/bash
        [ -e "$STATE/installed" ] && printf installed
        """;

    private const string Sudo = """
        #!/bin/bash
        [ -z "$NO_SUDO" ] || { echo "sudo: a password is required" >&2; exit 1; }
        shift; exec "$@"
        """;

    private readonly TempFolder _folder = new();

    public LauncherSandbox()
    {
        Root = Directory.CreateDirectory(_folder.Of("my clone")).FullName;
        Write("my clone/src/Faxbot.Cli/Program.cs", "// source");
        Write("my clone/src/Faxbot.Cli/Other.cs", "// source");
        foreach (var file in new[] { "faxbot", "test/run-tests.sh" }) Copy(file);
        WriteProgram("dotnet", Dotnet);
        WriteProgram("apt-get", AptGet);
        WriteProgram("dpkg-query", DpkgQuery);
        WriteProgram("sudo", Sudo);
        Directory.CreateDirectory(_folder.Of("state"));
        Environment["PATH"] = $"{_folder.Of("bin")}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
        Environment["DOTNET_ROOT"] = _folder.Of("bin");
        Environment["CALLS"] = _folder.Of("state/calls");
        Environment["STATE"] = _folder.Of("state");
        Environment["XDG_CACHE_HOME"] = _folder.Of("state");
        Environment["HOME"] = _folder.Of("state");
    }

    /// <summary>The clone.</summary>
    public string Root { get; }

    /// <summary>Variables for the launcher and the programs round it.</summary>
    public Dictionary<string, string?> Environment { get; } = [];

    /// <summary>How the programs were called so far, a line each.</summary>
    public string[] Calls => File.Exists(Environment["CALLS"]) ? File.ReadAllLines(Environment["CALLS"]!) : [];

    /// <summary>How often the build was called.</summary>
    public int Builds => Calls.Count(call => call.StartsWith("dotnet build", StringComparison.Ordinal));

    public Task<ProcessResult> RunAsync(params string[] arguments) => ProcessRunner.RunAsync(Path.Combine(Root, "faxbot"), arguments, Options());

    public RunningProcess Start(params string[] arguments) => RunningProcess.Start(Path.Combine(Root, "faxbot"), arguments, Options());

    /// <summary>Runs it as a user who is not root and cannot become it.</summary>
    public Task<ProcessResult> RunWithoutRightsAsync(params string[] arguments)
    {
        Environment["NO_SUDO"] = "1";
        if (!System.Environment.IsPrivilegedProcess) return RunAsync(arguments);
        foreach (var folder in Directory.EnumerateDirectories(_folder.FullPath, "*", SearchOption.AllDirectories).Append(_folder.FullPath))
            File.SetUnixFileMode(folder, (UnixFileMode)Convert.ToInt32("777", 8));
        return ProcessRunner.RunAsync("setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", Path.Combine(Root, "faxbot"), .. arguments], Options());
    }

    /// <summary>A test project whose program does what <paramref name="script"/> says; <c>$xml</c> is where results go.</summary>
    public void AddTestProject(string name, string script)
    {
        Write($"my clone/test/{name}/Tests.cs", "// source");
        WriteProgram(name, script);
    }

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.Of(path))!);
        File.WriteAllText(_folder.Of(path), text + "\n");
    }

    public void Dispose() => _folder.Dispose();

    private ProcessOptions Options() => new() { WorkingFolder = "/", Environment = Environment };

    private void WriteProgram(string name, string text)
    {
        Write($"bin/{name}", text);
        File.SetUnixFileMode(_folder.Of($"bin/{name}"), (UnixFileMode)Convert.ToInt32("755", 8));
    }

    private void Copy(string file)
    {
        var copy = Path.Combine(Root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        File.Copy(RepositoryRoot.Of(file), copy);
    }
}
