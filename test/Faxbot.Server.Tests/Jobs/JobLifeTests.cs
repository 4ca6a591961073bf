using System.Text.RegularExpressions;
using Faxbot.Server.Jobs;
using Faxbot.Testing;

namespace Faxbot.Server.Tests.Jobs;

public sealed partial class JobLifeTests
{
    private static readonly JobState[] States = Enum.GetValues<JobState>();

    [Fact]
    public void The_chart_draws_exactly_the_moves_of_the_table()
    {
        var table =
            from state in States
            from step in Enum.GetValues<JobStep>()
            let moves = JobLife.TryMove(state, step, out var next) ? next : null
            where moves is not null
            select $"{Words<JobState>.Of(state)} --> {Words<JobState>.Of(moves.Value)}: {Words<JobStep>.Of(step)}";
        var chart = File.ReadLines(RepositoryRoot.Of("docs", "jobs.md")).Select(line => line.Trim()).Where(line => Move().IsMatch(line));

        Assert.Equal(table.Order(), chart.Order());
    }

    [Fact]
    public void The_chart_begins_with_queued_and_ends_with_the_final_states()
    {
        var chart = File.ReadAllText(RepositoryRoot.Of("docs", "jobs.md"));

        Assert.Contains("[*] --> queued", chart, StringComparison.Ordinal);
        Assert.Equal(States.Where(JobLife.IsFinal).Select(Words<JobState>.Of), End().Matches(chart).Select(match => match.Groups[1].Value));
    }

    [Fact]
    public void The_table_of_faxes_knows_exactly_these_states()
    {
        var sql = File.ReadAllText(RepositoryRoot.Of("src", "Faxbot.Server", "Storage", "Migrations", "0001-jobs.sql"));
        var check = StateCheck().Match(sql).Groups[1].Value;

        Assert.Equal(States.Select(Words<JobState>.Of), check.Split(", ").Select(word => word.Trim('\'')));
    }

    [Fact]
    public void Nothing_leads_out_of_a_final_state_or_from_unknown_to_another_attempt()
    {
        foreach (var step in Enum.GetValues<JobStep>())
        {
            Assert.All(States.Where(JobLife.IsFinal), state => Assert.False(JobLife.TryMove(state, step, out _)));
            if (JobLife.TryMove(JobState.Unknown, step, out var next)) Assert.True(JobLife.IsFinal(next.Value));
        }
    }

    [GeneratedRegex(@"^\w+ --> \w+: \w+$")]
    private static partial Regex Move();

    [GeneratedRegex(@"(\w+) --> \[\*\]")]
    private static partial Regex End();

    [GeneratedRegex(@"state text not null check \(state in \(([^)]*)\)\)")]
    private static partial Regex StateCheck();
}
