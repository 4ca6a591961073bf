using System.Globalization;

namespace Faxbot.Documents.Confinement;

/// <summary>A program that is to run on one folder of input and may do nothing but compute and write to its standard output.</summary>
/// <param name="Program">Absolute path.</param>
/// <param name="Arguments">Handed over as they are; no shell sees them.</param>
/// <param name="Folder">What it works on: its current folder, read-only in a sandbox.</param>
/// <param name="ProcessorTime">Seconds of processor time, rounded up; then the kernel kills it.</param>
/// <param name="MemoryOctets">Address space.</param>
internal sealed record ConfinedCommand(
    string Program, IReadOnlyList<string> Arguments, string Folder, TimeSpan ProcessorTime, long MemoryOctets)
{
    private const string Limiter = "/usr/bin/prlimit", Privileges = "/usr/bin/setpriv", Unsharer = "/usr/bin/unshare";
    private const string Nobody = "65534";

    // For becoming nobody.
    private static readonly string[] RootCapabilities = ["CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP"];

    // What renderers need of the system, beside programs and libraries.
    private static readonly string[] SystemFiles = ["/etc/fonts", "/etc/ld.so.cache", "/etc/alternatives", "/var/cache/fontconfig"];

    /// <summary>Programs of util-linux that every level needs.</summary>
    public static IEnumerable<string> Needed => [Limiter, Privileges];

    /// <summary>The command line that runs it at a level, the program first.</summary>
    /// <param name="level">How far to shut it in.</param>
    /// <param name="isRoot">Whether this process is root, so that the program becomes nobody.</param>
    public IReadOnlyList<string> At(ConfinementLevel level, bool isRoot)
    {
        List<string> line = [];
        switch (level)
        {
            case ConfinementLevel.Sandbox:
                AddSandbox(line, isRoot);
                break;
            case ConfinementLevel.Namespaces:
                line.AddRange([Privileges, "--pdeathsig", "KILL", Unsharer, "--net", "--ipc", "--uts", "--pid", "--fork", "--kill-child=KILL"]);
                if (!isRoot) line.Add("--user");
                AddPrivileges(line, isRoot);
                break;
            default:
                AddPrivileges(line, isRoot);
                line.AddRange(["--pdeathsig", "KILL"]);
                break;
        }

        AddLimits(line);
        line.Add(Program);
        line.AddRange(Arguments);
        return line;
    }

    // Root stays root until the file system stands and then becomes nobody for good: the kernel exempts root from the limit on processes, whatever
    // user it may be in a user namespace. Anybody else needs such a namespace.
    private void AddSandbox(List<string> line, bool isRoot)
    {
        line.AddRange([Bubblewrap.Program, "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"]);
        line.AddRange(["--as-pid-1", "--die-with-parent", "--new-session", "--cap-drop", "ALL"]);
        if (isRoot) line.AddRange(RootCapabilities.SelectMany(capability => (string[])["--cap-add", capability]));
        else line.AddRange(["--unshare-user", "--uid", Nobody, "--gid", Nobody]);
        line.AddRange(Bubblewrap.InstalledPrograms());
        foreach (var file in SystemFiles) AddReadOnly(line, file);
        // Programs of the operator's own, wherever they lie; they may be arguments of another.
        foreach (var program in Arguments.Prepend(Program).Where(argument => argument.StartsWith('/') && !argument.StartsWith("/usr/", StringComparison.Ordinal)))
            AddReadOnly(line, program);
        line.AddRange(["--ro-bind", Folder, Folder, "--chdir", Folder]);
        if (isRoot) AddPrivileges(line, isRoot);
    }

    private static void AddReadOnly(List<string> line, string path)
    {
        // The folders on the way would be root's alone if they were made in passing.
        for (var slash = path.IndexOf('/', 1); slash > 0; slash = path.IndexOf('/', slash + 1)) line.AddRange(["--dir", path[..slash]]);
        line.AddRange(["--ro-bind-try", path, path]);
    }

    private static void AddPrivileges(List<string> line, bool isRoot)
    {
        line.AddRange([Privileges, "--no-new-privs"]);
        if (isRoot) line.AddRange(["--reuid", Nobody, "--regid", Nobody, "--clear-groups", "--inh-caps=-all", "--bounding-set=-all"]);
    }

    // Nothing is written but to pipes, which are no files; no process is begun; no core is left.
    private void AddLimits(List<string> line)
    {
        var seconds = Math.Max(1, (long)Math.Ceiling(ProcessorTime.TotalSeconds));
        line.AddRange([
            Limiter, string.Create(CultureInfo.InvariantCulture, $"--cpu={seconds}:{seconds + 1}"),
            string.Create(CultureInfo.InvariantCulture, $"--as={MemoryOctets}"), "--fsize=0", "--nofile=64", "--nproc=1", "--core=0",
        ]);
    }
}
