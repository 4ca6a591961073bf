namespace Faxbot.Sdk.Plugins;

/// <summary>What a check found.</summary>
/// <param name="Ok">Whether it can work.</param>
/// <param name="Problems">One sentence for each thing that is wrong, with what to change; also warnings when <paramref name="Ok"/>.</param>
public sealed record CheckResult(bool Ok, IReadOnlyList<string> Problems)
{
    /// <summary>All is well.</summary>
    public static CheckResult Passed { get; } = new(true, []);

    /// <summary>Something is wrong.</summary>
    public static CheckResult Failed(params string[] problems) => new(false, problems);
}

/// <summary>Something that is wrong with a setting.</summary>
/// <param name="Path">Which, as a JSON path such as <c>$.server.host</c>.</param>
/// <param name="Message">What is wrong and what would be right; never the value of a secret.</param>
public sealed record ConfigProblem(string Path, string Message);
