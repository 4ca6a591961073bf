namespace Faxbot.Testing;

/// <summary>A folder of one test's own, deleted with all that is in it on <see cref="Dispose"/>.</summary>
public sealed class TempFolder : IDisposable
{
    /// <summary>A new, empty folder.</summary>
    public TempFolder() => FullPath = Directory.CreateTempSubdirectory("faxbot-test-").FullName;

    /// <summary>Absolute path.</summary>
    public string FullPath { get; }

    /// <summary>The absolute path of <paramref name="name"/> in it; nothing is created.</summary>
    public string Of(string name) => Path.Combine(FullPath, name);

    /// <inheritdoc />
    public void Dispose()
    {
        try
        {
            Directory.Delete(FullPath, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // The test removed it itself.
        }
    }
}
