namespace Faxbot.Documents.Confinement;

/// <summary>
/// A folder for a confined program's input, within one that only this user can enter; gone with all that is in it on <see cref="Dispose"/>. The
/// program, which may run as another user, is started in it and so need not enter the outer one.
/// </summary>
internal sealed class PrivateFolder : IDisposable
{
    private const UnixFileMode Owners = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Enterable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly string _outer;

    public PrivateFolder(string? parent)
    {
        _outer = Path.Combine(parent ?? Path.GetTempPath(), $"faxbot-{Guid.NewGuid():N}");
        FullPath = Path.Combine(_outer, "document");
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(FullPath);
            return;
        }

        Directory.CreateDirectory(_outer, Owners);
        Directory.CreateDirectory(FullPath);
        File.SetUnixFileMode(FullPath, Enterable); // Whatever the umask.
    }

    /// <summary>Absolute path.</summary>
    public string FullPath { get; }

    /// <summary>Puts a copy of <paramref name="content"/> there, for the confined program to read.</summary>
    public void Put(string name, Stream content)
    {
        var path = Path.Combine(FullPath, name);
        using (var copy = new FileStream(path, FileMode.CreateNew)) content.CopyTo(copy);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, Readable);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        try
        {
            Directory.Delete(_outer, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody was faster.
        }
    }
}
