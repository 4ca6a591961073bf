using System.Diagnostics;

namespace Faxbot.Documents.Confinement;

/// <summary>A folder that only this user (and the confined program) can enter, gone with all that is in it on <see cref="Dispose"/>.</summary>
internal sealed class PrivateFolder : IDisposable
{
    private const string Nobody = "65534:65534";

    public PrivateFolder(string? parent)
    {
        FullPath = Path.Combine(parent ?? Path.GetTempPath(), $"faxbot-{Guid.NewGuid():N}");
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(FullPath);
        else Directory.CreateDirectory(FullPath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Absolute path.</summary>
    public string FullPath { get; }

    /// <summary>The absolute path of <paramref name="name"/> in it.</summary>
    public string Of(string name) => Path.Combine(FullPath, name);

    /// <summary>Lets the confined program in, where it runs as another user than this process.</summary>
    public void Admit()
    {
        if (!Environment.IsPrivilegedProcess) return;
        using var process = Process.Start(ConfinedProcess.Start(["/usr/bin/chown", "-R", "--", Nobody, FullPath], "/"));
        process?.WaitForExit();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        try
        {
            Directory.Delete(FullPath, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody was faster.
        }
    }
}
