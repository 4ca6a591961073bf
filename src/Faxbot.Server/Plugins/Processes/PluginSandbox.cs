using System.Globalization;
using Faxbot.Documents.Confinement;

namespace Faxbot.Server.Plugins.Processes;

/// <summary>
/// The sandbox of a plugin's process, by bubblewrap: namespaces of its own for all but the network, which plugins need, and a file system with
/// nothing of the gateway but the plugin's own folder to write to.
/// </summary>
internal static class PluginSandbox
{
    // For /tmp and /dev/shm, which take memory. What is large belongs in the plugin's own folder.
    private const string TemporaryOctets = "67108864";

    // What names and TLS need; where the system has it. Not the whole of /etc/ssl, which holds private keys.
    private static readonly string[] SystemFiles =
    [
        "/etc/ssl/certs", "/etc/ssl/openssl.cnf", "/etc/ca-certificates", "/etc/pki/ca-trust", "/etc/pki/tls/certs", "/etc/resolv.conf", "/etc/hosts",
        "/etc/nsswitch.conf", "/etc/services", "/etc/localtime", "/etc/ld.so.cache", "/etc/alternatives",
    ];

    private static readonly Lazy<bool> Permitted = new(() => Bubblewrap.Works(Around(["/usr/bin/true"], [], Path.GetTempPath(), "/")));

    /// <summary>Whether this machine permits it, found out once.</summary>
    public static bool IsPermitted => Permitted.Value;

    /// <summary>The command line that runs a program in it.</summary>
    /// <param name="program">The command line of the program.</param>
    /// <param name="readable">Files and folders that it may read beside the system's.</param>
    /// <param name="ownFolder">The folder that it may write to.</param>
    /// <param name="currentFolder">Where it is started.</param>
    public static IReadOnlyList<string> Around(IReadOnlyList<string> program, IEnumerable<string> readable, string ownFolder, string currentFolder) =>
    [
        // Not as the first process of its namespace: that one is spared the signals by which a program ends itself.
        Bubblewrap.Program, "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try", "--die-with-parent", "--new-session", "--cap-drop", "ALL",
        .. Bubblewrap.InstalledPrograms(), .. SystemFiles.SelectMany(ReadOnly),
        "--proc", "/proc", "--dev", "/dev", "--size", TemporaryOctets, "--tmpfs", "/dev/shm", "--remount-ro", "/dev", "--size", TemporaryOctets, "--tmpfs", "/tmp",
        // After /tmp, below which they may lie.
        .. readable.SelectMany(ReadOnly), "--bind", ownFolder, ownFolder, "--remount-ro", "/", "--chdir", currentFolder, "--", .. program,
    ];

    /// <summary>The process of the program in a sandbox: the child of the namespace's first process, which is the child of bubblewrap's own.</summary>
    /// <param name="sandbox">The process that runs <see cref="Around"/>.</param>
    /// <returns>Null when there is none, not yet or no more.</returns>
    public static int? FindInside(int sandbox) => Child(sandbox) is { } first ? Child(first) : null;

    private static IEnumerable<string> ReadOnly(string path) => ["--ro-bind-try", path, path];

    private static int? Child(int parent)
    {
        try
        {
            var children = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{parent}/task/{parent}/children"));
            return int.TryParse(children.Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var child) ? child : null;
        }
        catch (IOException)
        {
            return null; // It ended meanwhile.
        }
    }
}
