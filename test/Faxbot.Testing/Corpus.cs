namespace Faxbot.Testing;

/// <summary>Samples that are kept in <c>test/corpus</c>, a folder a kind; its README says where each came from.</summary>
public static class Corpus
{
    /// <summary>All samples of a kind (<c>sip</c>, <c>udptl</c>, <c>t4</c>), in order of their names.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such kind.</exception>
    public static IReadOnlyList<CorpusSample> Read(string kind) =>
        [.. Directory.EnumerateFiles(RepositoryRoot.Of("test", "corpus", kind))
            .Order(StringComparer.Ordinal)
            .Select(path => new CorpusSample(Path.GetFileName(path), File.ReadAllBytes(path)))];
}
