using System.Security.Cryptography;

namespace Faxbot.Server.Plugins.Packages;

/// <summary>The SHA-512 of each file of a package, and what differs from them later.</summary>
internal static class FileSeals
{
    private const int Told = 3;

    /// <summary>The digests in lower-case hexadecimal, by paths with slashes.</summary>
    public static SortedDictionary<string, string> Of(string folder) =>
        new(Paths(folder).ToDictionary(path => path, path => Digest(Path.Combine(folder, path))), StringComparer.Ordinal);

    /// <summary>Says which files are not as they were sealed; null when all are.</summary>
    public static string? Difference(string folder, IReadOnlyDictionary<string, string> seals)
    {
        if (!Directory.Exists(folder)) return "all of its files are missing";
        var found = Paths(folder).ToHashSet(StringComparer.Ordinal);
        string[] differences =
        [
            .. seals.Where(seal => found.Contains(seal.Key) && !Matches(Path.Combine(folder, seal.Key), seal.Value)).Select(seal => $"{seal.Key} was changed"),
            .. seals.Keys.Where(path => !found.Contains(path)).Select(path => $"{path} is missing"),
            .. found.Where(path => !seals.ContainsKey(path)).Order(StringComparer.Ordinal).Select(path => $"{path} was added"),
        ];
        if (differences.Length == 0) return null;
        return string.Join(", ", differences.Take(Told)) + (differences.Length > Told ? $" and {differences.Length - Told} more" : "");
    }

    private static bool Matches(string path, string seal)
    {
        try
        {
            return Digest(path) == seal;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string Digest(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA512.HashData(file));
    }

    private static IEnumerable<string> Paths(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'));
}
