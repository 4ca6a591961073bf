using Faxbot.Server.Jobs;

namespace Faxbot.Server.Tests.Jobs;

public sealed class JobLifeTests
{
    private static readonly LifeChart<JobState, JobStep> Chart = new(
        "jobs.md", "0001-jobs.sql", (state, step) => JobLife.TryMove(state, step, out var next) ? next : null, JobLife.IsFinal);

    [Fact]
    public void The_chart_draws_exactly_the_moves_of_the_table() => Chart.DrawsExactlyTheMoves();

    [Fact]
    public void The_chart_begins_with_queued_and_ends_with_the_final_states() => Chart.BeginsWith(JobState.Queued);

    [Fact]
    public void The_table_of_faxes_knows_exactly_these_states() => Chart.IsCheckedByTheTable();

    [Fact]
    public void Nothing_leads_out_of_a_final_state_or_from_unknown_to_another_attempt()
    {
        Chart.NeverLeavesAFinalState();
        foreach (var step in Enum.GetValues<JobStep>())
        {
            if (JobLife.TryMove(JobState.Unknown, step, out var next)) Assert.True(JobLife.IsFinal(next.Value));
        }
    }
}
