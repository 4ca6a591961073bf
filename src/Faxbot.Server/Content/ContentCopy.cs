namespace Faxbot.Server.Content;

/// <summary>A plain copy of content, for a program that reads files; disposing deletes it.</summary>
/// <param name="path">Where it lies.</param>
internal sealed class ContentCopy(string path) : IDisposable
{
    public string Path { get; } = path;

    public void Dispose()
    {
        try
        {
            File.Delete(Path);
        }
        catch (DirectoryNotFoundException)
        {
            // Its folder was deleted with it.
        }
    }
}
