using Faxbot.Testing;

namespace Faxbot.Architecture.Tests;

/// <summary>The files of the repository, without what builds leave behind.</summary>
internal static class SourceTree
{
    private static readonly string[] CodeFolders = ["src/", "test/", "bench/", "plugins/"];
    private static readonly string[] NotOurs = ["bin", "obj", "artifacts", ".git", ".vs", ".idea", "TestResults"];

    /// <summary>All C# files.</summary>
    public static IReadOnlyList<SourceFile> Code { get; } =
        [.. Files().Where(path => path.EndsWith(".cs", StringComparison.Ordinal) && CodeFolders.Any(folder => path.StartsWith(folder, StringComparison.Ordinal)))
            .Select(path => new SourceFile(path, File.ReadAllLines(RepositoryRoot.Of(path))))];

    /// <summary>The product's C# files.</summary>
    public static IEnumerable<SourceFile> Product => Code.Where(file => !file.Path.StartsWith("test/", StringComparison.Ordinal) && !file.Path.StartsWith("bench/", StringComparison.Ordinal));

    /// <summary>All paths from the root, with slashes.</summary>
    public static IEnumerable<string> Files() => FilesIn(new DirectoryInfo(RepositoryRoot.FullPath))
        .Select(file => Path.GetRelativePath(RepositoryRoot.FullPath, file.FullName))
        .Order(StringComparer.Ordinal);

    private static IEnumerable<FileInfo> FilesIn(DirectoryInfo folder) =>
        folder.EnumerateFiles().Concat(folder.EnumerateDirectories().Where(inner => !NotOurs.Contains(inner.Name) && inner.LinkTarget is null).SelectMany(FilesIn));
}
