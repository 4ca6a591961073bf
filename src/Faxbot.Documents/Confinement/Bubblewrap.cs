using System.ComponentModel;
using System.Diagnostics;

namespace Faxbot.Documents.Confinement;

/// <summary>What all sandboxes by bubblewrap have in common.</summary>
public static class Bubblewrap
{
    /// <summary>The program.</summary>
    public const string Program = "/usr/bin/bwrap";

    private static readonly TimeSpan ProbeTime = TimeSpan.FromSeconds(10);

    // What programs need of the system, beside /usr. Where a folder is a link into /usr, the link is made again.
    private static readonly string[] SystemFolders = ["/bin", "/lib", "/lib64", "/lib32", "/sbin"];

    /// <summary>The arguments that bring the installed programs and libraries into a sandbox, read-only.</summary>
    public static IReadOnlyList<string> InstalledPrograms()
    {
        List<string> arguments = ["--ro-bind", "/usr", "/usr"];
        foreach (var folder in SystemFolders)
        {
            if (new DirectoryInfo(folder) is not { Exists: true } directory) continue;
            if (directory.LinkTarget is { } target) arguments.AddRange(["--symlink", target, folder]);
            else arguments.AddRange(["--ro-bind", folder, folder]);
        }

        return arguments;
    }

    /// <summary>Whether this machine permits a confinement, found out by running a command line that does nothing under it.</summary>
    /// <param name="line">The command line, the program first.</param>
    public static bool Works(IReadOnlyList<string> line)
    {
        ArgumentNullException.ThrowIfNull(line);
        try
        {
            using var process = Process.Start(ConfinedProcess.Start(line, "/"));
            if (process is null) return false;
            process.StandardInput.Close();
            if (process.WaitForExit(ProbeTime)) return process.ExitCode == 0;
            process.Kill(entireProcessTree: true);
            return false;
        }
        catch (Win32Exception)
        {
            return false; // The program that would confine is not installed.
        }
    }
}
