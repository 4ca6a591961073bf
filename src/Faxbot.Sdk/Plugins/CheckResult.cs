using Faxbot.Sdk.Numbers;

namespace Faxbot.Sdk.Plugins;

/// <summary>How far a live check goes.</summary>
/// <param name="Dial">A number that may be called for it, such as the operator's own fax or an echo; null calls nobody.</param>
public sealed record CheckRequest(PhoneNumber? Dial = null);

/// <summary>What became of a step of a check.</summary>
public enum CheckState
{
    /// <summary>As it should be.</summary>
    Ok,
    /// <summary>It can work, and there is something to look at.</summary>
    Warning,
    /// <summary>It cannot work.</summary>
    Failed,
    /// <summary>Not looked at, for what the sentence says.</summary>
    Skipped,
}

/// <summary>What a step of a check found.</summary>
/// <param name="Step">The step, in a word or two, such as <c>registration</c>.</param>
/// <param name="State">What became of it.</param>
/// <param name="Sentence">What was seen.</param>
/// <param name="Next">What to change; null when nothing.</param>
public sealed record CheckFinding(string Step, CheckState State, string Sentence, string? Next = null);

/// <summary>What a check found.</summary>
/// <param name="Ok">Whether it can work.</param>
/// <param name="Problems">One sentence for each thing that is wrong, with what to change; also warnings when <paramref name="Ok"/>.</param>
/// <param name="Findings">Step by step, where the check has steps.</param>
public sealed record CheckResult(bool Ok, IReadOnlyList<string> Problems, IReadOnlyList<CheckFinding>? Findings = null)
{
    /// <summary>All is well.</summary>
    public static CheckResult Passed { get; } = new(true, []);

    /// <summary>Something is wrong.</summary>
    public static CheckResult Failed(params string[] problems) => new(false, problems);

    /// <summary>The same with one more finding.</summary>
    public CheckResult With(CheckFinding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        var more = Of([finding]);
        return new(Ok && more.Ok, [.. Problems, .. more.Problems], [.. Findings ?? [], finding]);
    }

    /// <summary>What the steps of a check come to: it failed when one of them did.</summary>
    public static CheckResult Of(IReadOnlyList<CheckFinding> findings) => new(
        findings.All(finding => finding.State != CheckState.Failed),
        [.. findings.Where(finding => finding.State is CheckState.Failed or CheckState.Warning).Select(finding => finding.Next is null ? finding.Sentence : $"{finding.Sentence} {finding.Next}")],
        findings);
}

/// <summary>Something that is wrong with a setting.</summary>
/// <param name="Path">Which, as a JSON path such as <c>$.server.host</c>.</param>
/// <param name="Message">What is wrong and what would be right; never the value of a secret.</param>
public sealed record ConfigProblem(string Path, string Message);
