namespace Faxbot.Testing;

/// <summary>
/// Where peers that were built or downloaded stay between runs: <c>$XDG_CACHE_HOME/faxbot</c>, else <c>~/.cache/faxbot</c>,
/// else (no usable home) a folder of this user's under the temporary one. Never inside the repository.
/// </summary>
public static class CacheFolder
{
    // Asterisk's control socket must fit sun_path, its options know no blank, comma or semicolon.
    private const int LongestPath = 60;

    /// <summary>The cache's folder called <paramref name="name"/>, created.</summary>
    public static string Of(string name) =>
        Candidates().Select(root => TryCreate(Path.Combine(root, name))).OfType<string>().FirstOrDefault()
        ?? throw new IOException($"No cache folder for '{name}' can be written; tried {string.Join(", ", Candidates())}. Set XDG_CACHE_HOME to one.");

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache) yield return Path.Combine(cache, "faxbot");
        if (Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } home) yield return Path.Combine(home, ".cache", "faxbot");
        yield return $"/var/tmp/faxbot-{Environment.UserName}";
    }

    private static string? TryCreate(string folder)
    {
        if (!Path.IsPathRooted(folder) || folder.Length > LongestPath || folder.AsSpan().IndexOfAny(" ,;") >= 0) return null;
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(Path.Combine(folder, ".writable"), []);
            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
