namespace Faxbot.Documents;

/// <summary>A file to be faxed.</summary>
/// <param name="Path">Where it lies. What it is shows its content; the name says nothing.</param>
/// <param name="Name">What people call it, for messages; the path's last part when null.</param>
public sealed record DocumentFile(string Path, string? Name = null)
{
    /// <summary>The name for messages.</summary>
    public string DisplayName => Name ?? System.IO.Path.GetFileName(Path);
}
