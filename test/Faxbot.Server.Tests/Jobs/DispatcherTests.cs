using System.Threading.Channels;
using Faxbot.Server.Jobs;
using Faxbot.Server.Tests.Api;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Faxbot.Server.Tests.Jobs;

public sealed class DispatcherTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // As a database that is away does, which is found out when its patience is over.
    [Fact]
    public async Task After_a_round_that_failed_it_rests_however_long_that_took()
    {
        var seen = Channel.CreateUnbounded<string>();
        var time = new WatchedTime(seen.Writer);
        var pump = new FailingPump(seen.Writer, () => time.Advance(Dispatcher.LongestWait * 2));
        using var dispatcher = new Dispatcher(pump, new EnabledBackends(), time, NullLogger<Dispatcher>.Instance);

        await dispatcher.StartAsync(Cancel);

        Assert.Equal("round", await seen.Reader.ReadAsync(Cancel));
        Assert.Equal("waits for 00:00:01", await seen.Reader.ReadAsync(Cancel));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("round", await seen.Reader.ReadAsync(Cancel));
        await dispatcher.StopAsync(Cancel);
    }

    private sealed class WatchedTime(ChannelWriter<string> seen) : FakeTimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            seen.TryWrite($"waits for {dueTime}");
            return timer;
        }
    }

    private sealed class FailingPump(ChannelWriter<string> seen, Action timePasses) : IPump
    {
        public string Queue => "tests";

        public Task Changed { get; } = Task.CompletedTask;

        public TimeSpan BetweenRounds => TimeSpan.Zero;

        public TimeSpan Drain => TimeSpan.Zero;

        public Task<DateTimeOffset> RoundAsync(bool begins, CancellationToken cancel)
        {
            seen.TryWrite("round");
            timePasses();
            throw new InvalidOperationException("The database is away.");
        }

        public Task<bool> IsBusyAsync(CancellationToken cancel) => Task.FromResult(false);

        public void Abort()
        {
        }

        public Task SettleAsync() => Task.CompletedTask;
    }
}
