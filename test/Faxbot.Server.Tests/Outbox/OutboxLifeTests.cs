using Faxbot.Server.Outbox;
using Faxbot.Server.Tests.Jobs;

namespace Faxbot.Server.Tests.Outbox;

public sealed class OutboxLifeTests
{
    private static readonly LifeChart<OutboxState, OutboxStep> Chart = new(
        "outbox.md", "0011-outbox.sql", (state, step) => OutboxLife.TryMove(state, step, out var next) ? next : null, OutboxLife.IsFinal);

    [Fact]
    public void The_chart_draws_exactly_the_moves_of_the_table() => Chart.DrawsExactlyTheMoves();

    [Fact]
    public void The_chart_begins_with_queued_and_ends_with_the_final_states() => Chart.BeginsWith(OutboxState.Queued);

    [Fact]
    public void The_table_of_items_knows_exactly_these_states() => Chart.IsCheckedByTheTable();

    [Fact]
    public void Nothing_leads_out_of_a_final_state_or_from_unknown_to_another_attempt()
    {
        Chart.NeverLeavesAFinalState();
        foreach (var step in Enum.GetValues<OutboxStep>())
        {
            if (OutboxLife.TryMove(OutboxState.Unknown, step, out var next)) Assert.NotEqual(OutboxState.Queued, next.Value);
        }
    }
}
