namespace Faxbot.Sdk.Manifests;

/// <summary>Something that is wrong with a package, and what would put it right.</summary>
/// <param name="Path">Where: a JSON path into <c>manifest.json</c> such as <c>$.categories[0]</c>, or the name of a class or method.</param>
/// <param name="Wrong">What is wrong, as a sentence.</param>
/// <param name="Fix">What to do, as a sentence.</param>
/// <param name="IsWarning">Whether the package works all the same.</param>
public sealed record ManifestProblem(string Path, string Wrong, string Fix, bool IsWarning = false)
{
    /// <summary>One line for people.</summary>
    public override string ToString() => $"{Path}: {Wrong} {Fix}";
}
