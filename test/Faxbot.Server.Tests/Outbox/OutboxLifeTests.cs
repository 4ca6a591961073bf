using System.Text.RegularExpressions;
using Faxbot.Server.Jobs;
using Faxbot.Server.Outbox;
using Faxbot.Testing;

namespace Faxbot.Server.Tests.Outbox;

public sealed partial class OutboxLifeTests
{
    private static readonly OutboxState[] States = Enum.GetValues<OutboxState>();

    [Fact]
    public void The_chart_draws_exactly_the_moves_of_the_table()
    {
        var table =
            from state in States
            from step in Enum.GetValues<OutboxStep>()
            let moves = OutboxLife.TryMove(state, step, out var next) ? next : null
            where moves is not null
            select $"{Words<OutboxState>.Of(state)} --> {Words<OutboxState>.Of(moves.Value)}: {Words<OutboxStep>.Of(step)}";
        var chart = File.ReadLines(RepositoryRoot.Of("docs", "outbox.md")).Select(line => line.Trim()).Where(line => Move().IsMatch(line));

        Assert.Equal(table.Order(), chart.Order());
    }

    [Fact]
    public void The_chart_begins_with_queued_and_ends_with_the_final_states()
    {
        var chart = File.ReadAllText(RepositoryRoot.Of("docs", "outbox.md"));

        Assert.Contains("[*] --> queued", chart, StringComparison.Ordinal);
        Assert.Equal(States.Where(OutboxLife.IsFinal).Select(Words<OutboxState>.Of), End().Matches(chart).Select(match => match.Groups[1].Value));
    }

    [Fact]
    public void The_table_of_items_knows_exactly_these_states()
    {
        var sql = File.ReadAllText(RepositoryRoot.Of("src", "Faxbot.Server", "Storage", "Migrations", "0011-outbox.sql"));
        var check = StateCheck().Match(sql).Groups[1].Value;

        Assert.Equal(States.Select(Words<OutboxState>.Of), check.Split(", ").Select(word => word.Trim('\'')));
    }

    [Fact]
    public void Nothing_leads_out_of_a_final_state_or_from_unknown_to_another_attempt()
    {
        foreach (var step in Enum.GetValues<OutboxStep>())
        {
            Assert.All(States.Where(OutboxLife.IsFinal), state => Assert.False(OutboxLife.TryMove(state, step, out _)));
            if (OutboxLife.TryMove(OutboxState.Unknown, step, out var next)) Assert.NotEqual(OutboxState.Queued, next.Value);
        }
    }

    [GeneratedRegex(@"^\w+ --> \w+: \w+$")]
    private static partial Regex Move();

    [GeneratedRegex(@"(\w+) --> \[\*\]")]
    private static partial Regex End();

    [GeneratedRegex(@"state text not null check \(state in \(([^)]*)\)\)")]
    private static partial Regex StateCheck();
}
