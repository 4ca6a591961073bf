using Faxbot.Server.Jobs;
using Microsoft.Extensions.Time.Testing;

namespace Faxbot.Server.Tests.Jobs;

public sealed class TimeProviderExtensionsTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly FakeTimeProvider _time = new(Start);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void An_instant_that_is_there_is_not_waited_for(int seconds) => Assert.True(_time.DelayUntil(Start + (seconds * Second), Second, Cancel).IsCompleted);

    [Theory]
    [InlineData(1, 10)]
    [InlineData(3600, 1)]
    public async Task It_ends_with_the_instant_or_the_longest_wait(int instant, int longest)
    {
        var delay = _time.DelayUntil(Start + (instant * Second), longest * Second, Cancel);
        _time.Advance(Second - TimeSpan.FromTicks(1));
        Assert.False(delay.IsCompleted);
        _time.Advance(TimeSpan.FromTicks(1));
        await delay;
    }

    [Fact]
    public void A_clock_that_moves_on_before_the_timer_runs_is_not_waited_for_again()
    {
        _time.AutoAdvanceAmount = Second;

        Assert.True(_time.DelayUntil(Start + Second, 10 * Second, Cancel).IsCompleted);
    }

    [Fact]
    public async Task It_can_be_given_up()
    {
        using var giveUp = new CancellationTokenSource();
        var delay = _time.DelayUntil(Start + Second, Second, giveUp.Token);

        await giveUp.CancelAsync();

        await Assert.ThrowsAsync<TaskCanceledException>(() => delay);
    }
}
