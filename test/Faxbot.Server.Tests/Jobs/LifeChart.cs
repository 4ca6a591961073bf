using System.Text.RegularExpressions;
using Faxbot.Server.Jobs;
using Faxbot.Testing;

namespace Faxbot.Server.Tests.Jobs;

/// <summary>The states of a job in three places that must say the same: its table of moves in code, its chart in a document, the CHECK of its table.</summary>
/// <param name="Document">The document with the chart, in <c>docs</c>.</param>
/// <param name="Migration">The migration with the CHECK.</param>
/// <param name="Move">Where a step leads from a state; null when it cannot be made there.</param>
/// <param name="IsFinal">Whether a state never changes.</param>
internal sealed partial record LifeChart<TState, TStep>(string Document, string Migration, Func<TState, TStep, TState?> Move, Func<TState, bool> IsFinal)
    where TState : struct, Enum where TStep : struct, Enum
{
    public static IReadOnlyList<TState> States { get; } = Enum.GetValues<TState>();

    public static IReadOnlyList<TStep> Steps { get; } = Enum.GetValues<TStep>();

    public void DrawsExactlyTheMoves()
    {
        var table =
            from state in States
            from step in Steps
            let next = Move(state, step)
            where next is not null
            select $"{Words<TState>.Of(state)} --> {Words<TState>.Of(next.Value)}: {Words<TStep>.Of(step)}";
        var chart = File.ReadLines(RepositoryRoot.Of("docs", Document)).Select(line => line.Trim()).Where(line => Drawn().IsMatch(line));

        Assert.Equal(table.Order(), chart.Order());
    }

    public void BeginsWith(TState first)
    {
        var chart = File.ReadAllText(RepositoryRoot.Of("docs", Document));

        Assert.Contains($"[*] --> {Words<TState>.Of(first)}", chart, StringComparison.Ordinal);
        Assert.Equal(States.Where(IsFinal).Select(Words<TState>.Of), End().Matches(chart).Select(match => match.Groups[1].Value));
    }

    public void IsCheckedByTheTable()
    {
        var check = StateCheck().Match(File.ReadAllText(RepositoryRoot.Of("src", "Faxbot.Server", "Storage", "Migrations", Migration))).Groups[1].Value;

        Assert.Equal(States.Select(Words<TState>.Of), check.Split(", ").Select(word => word.Trim('\'')));
    }

    public void NeverLeavesAFinalState() =>
        Assert.All(States.Where(IsFinal), state => Assert.All(Steps, step => Assert.Null(Move(state, step))));

    [GeneratedRegex(@"^\w+ --> \w+: \w+$")]
    private static partial Regex Drawn();

    [GeneratedRegex(@"(\w+) --> \[\*\]")]
    private static partial Regex End();

    [GeneratedRegex(@"state text not null check \(state in \(([^)]*)\)\)")]
    private static partial Regex StateCheck();
}
