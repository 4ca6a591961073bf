namespace Faxbot.Server.Plugins.Install;

/// <summary>The name of a file in a package, which becomes a path below the plugin's folder and nowhere else.</summary>
internal static class ArchivePath
{
    private const int Longest = 200;

    /// <summary>The path with slashes; null when it leads out of the folder, or means something else on some system.</summary>
    /// <param name="name">As it stands in the archive: NuGet writes some letters as in an address (%2B).</param>
    public static string? Read(string name)
    {
        var path = Uri.UnescapeDataString(name);
        return path.Length is > 0 and <= Longest && path.TrimEnd('/').Split('/').All(IsName) ? path : null;
    }

    private static bool IsName(string segment) =>
        segment.Length > 0 && segment[^1] is not ('.' or ' ') && !segment.Any(letter => char.IsControl(letter) || letter is '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|');
}
