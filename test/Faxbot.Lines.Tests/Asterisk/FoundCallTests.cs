using Faxbot.Lines.Asterisk;
using Faxbot.Sdk.Outcomes;

namespace Faxbot.Lines.Tests.Asterisk;

/// <summary>What a line finds of calls that an earlier one placed.</summary>
public sealed class FoundCallTests : SimulatedLines
{
    [Fact]
    public async Task What_became_of_a_call_is_found_by_the_next_line()
    {
        await using var asterisk = new SimulatedAsterisk { CallsGoOn = false };
        var placed = TimeProvider.System.GetUtcNow();
        await using (var line = Open(asterisk))
        {
            await UntilAsync(line.Originate(Fax("1000"), "peer"), happened => happened is LineEvent.Answered);
            await UntilAsync(line.Originate(Fax("1001"), "peer"), happened => happened is LineEvent.Answered);
        }

        asterisk.Channels.TryRemove("faxbot-a1001", out _);
        asterisk.Database["faxbot-sent/rung"] = "placed|2026-01-01 00:00:00";
        asterisk.Database["faxbot-sent/old"] = "placed|2025-01-01 00:00:00";
        await using var next = Open(asterisk);
        Assert.IsType<FoundCall.NotReachable>(await next.FindAsync("a1000", placed, CancellationToken.None));
        await UntilAsync(() => next.Servers.All(server => server.IsUsable));

        var running = Assert.IsType<FoundCall.Running>(await next.FindAsync("a1000", placed, CancellationToken.None));
        Assert.Same(running.Call, Assert.IsType<FoundCall.Running>(await next.FindAsync("a1000", placed, CancellationToken.None)).Call);
        asterisk.Channels["faxbot-a1000"].GoOn();
        Assert.True(await running.Call.Completion.WaitAsync(Limit, TestContext.Current.CancellationToken) is { Class: OutcomeClass.Success, PagesConfirmed: 2, PagesTotal: 2 });
        Assert.Equal(OutcomeClass.Success, Assert.IsType<FoundCall.Ended>(await next.FindAsync("a1000", placed, CancellationToken.None)).Outcome.Class);
        Assert.Equal(OutcomeClass.Unknown, Assert.IsType<FoundCall.Unknown>(await next.FindAsync("a1001", placed, CancellationToken.None)).Outcome.Class);
        Assert.Equal(OutcomeClass.NoAnswer, Assert.IsType<FoundCall.Ended>(await next.FindAsync("rung", placed, CancellationToken.None)).Outcome.Class);
        Assert.Equal(OutcomeClass.Congestion, Assert.IsType<FoundCall.Ended>(await next.FindAsync("old", placed, CancellationToken.None)).Outcome.Class);
        Assert.IsType<FoundCall.NeverPlaced>(await next.FindAsync("never", placed, CancellationToken.None));
        // Asterisk runs for 100 seconds: what it did before, a record that is gone does not tell.
        Assert.IsType<FoundCall.Unknown>(await next.FindAsync("never", placed - TimeSpan.FromMinutes(5), CancellationToken.None));
        Assert.Equal(2, asterisk.Originated);
    }
}
