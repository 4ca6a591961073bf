using System.Globalization;
using Faxbot.Lines.Asterisk;
using Faxbot.Sdk.Outcomes;

namespace Faxbot.Lines.Tests.Asterisk;

/// <summary>The line over one or two simulated servers.</summary>
public sealed class AsteriskLineTests : SimulatedLines
{
    [Fact]
    public async Task Two_hundred_calls_at_once_over_one_connection_are_not_mixed_up()
    {
        await using var asterisk = new SimulatedAsterisk();
        await using var line = Open(asterisk);

        var outcomes = await Task.WhenAll(Enumerable.Range(1000, 200).Select(async number => (Number: number, Outcome: await line.Originate(Fax($"{number}", 1 + number % 7), "peer").Completion.WaitAsync(Limit, TestContext.Current.CancellationToken))));

        foreach (var (number, outcome) in outcomes)
        {
            var pages = 1 + number % 7;
            var expected = (number % 10) switch
            {
                5 => OutcomeClass.Busy,
                6 => OutcomeClass.Dead,
                7 => OutcomeClass.NoAnswer,
                // One page is confirmed: all there is, all but the last that may have been printed, or less.
                8 => pages switch { 1 => OutcomeClass.Success, 2 => OutcomeClass.Unknown, _ => OutcomeClass.Partial },
                9 => OutcomeClass.NotFax,
                _ => OutcomeClass.Success,
            };
            Assert.True(outcome.Class == expected && outcome.PagesTotal == pages, $"{number} {outcome}");
            if (expected == OutcomeClass.Success) Assert.True(outcome.PagesConfirmed == outcome.PagesTotal && outcome.FarIdentity == number.ToString(CultureInfo.InvariantCulture), $"{number} {outcome}");
        }

        Assert.Equal(1, asterisk.Actions.Count(action => action["Action"] == "Login"));
        Assert.Empty(Directory.GetFiles(Folder.Of("out")));
        Assert.All(line.Servers, server => Assert.Equal(0, server.Calls));
    }

    [Fact]
    public async Task A_call_whose_connection_is_cut_is_followed_again_and_not_placed_twice()
    {
        await using var asterisk = new SimulatedAsterisk { CallsGoOn = false };
        await using var line = Open(asterisk);
        var call = line.Originate(Fax("1000"), "peer");
        await UntilAsync(call, happened => happened is LineEvent.Answered);

        asterisk.Cut();
        await UntilAsync(() => asterisk.Actions.Any(action => action["Action"] == "Status"));
        asterisk.Channels["faxbot-a1000"].GoOn();

        var outcome = await call.Completion.WaitAsync(Limit, TestContext.Current.CancellationToken);
        Assert.True(outcome is { Class: OutcomeClass.Success, PagesConfirmed: 2 }, outcome.ToString());
        Assert.Equal(1, asterisk.Originated);
    }

    [Fact]
    public async Task Pages_that_an_earlier_line_left_behind_go_once_the_outcome_is_stored_or_they_are_old_and_no_call_is_up()
    {
        await using var asterisk = new SimulatedAsterisk();
        Directory.CreateDirectory(Folder.Of("out"));
        foreach (var name in (string[])["stored.tif", "stored.tif.part", "open.tif", "old.tif", "alive.tif"])
        {
            var file = Path.Combine(Folder.Of("out"), name);
            await File.WriteAllTextAsync(file, "pages", TestContext.Current.CancellationToken);
            if (name is "old.tif" or "alive.tif") File.SetLastWriteTimeUtc(file, TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-16));
        }

        asterisk.Database["faxbot-sent/stored"] = "answered";
        asterisk.Rule = (connection, action) =>
        {
            if (action["Action"] != "Status" || action["Channel"] != "faxbot-alive") return false;
            connection.Reply(action, "Success", ("EventList", "start"));
            connection.Send(("Event", "StatusComplete"), ("ActionID", action["ActionID"]), ("EventList", "Complete"));
            return true;
        };

        await using var line = Open((attemptId, _) => Task.FromResult(attemptId == "stored"), asterisk);

        await UntilAsync(() => Directory.GetFiles(Folder.Of("out")).Select(Path.GetFileName).Order().SequenceEqual(["alive.tif", "open.tif"]));
        await UntilAsync(() => !asterisk.Database.ContainsKey("faxbot-sent/stored"));
    }

    [Fact]
    public async Task A_line_that_is_closed_while_it_looks_through_the_folder_closes_in_order()
    {
        await using var asterisk = new SimulatedAsterisk();
        Directory.CreateDirectory(Folder.Of("out"));
        await File.WriteAllTextAsync(Path.Combine(Folder.Of("out"), "open.tif"), "pages", TestContext.Current.CancellationToken);
        var asked = new TaskCompletionSource();
        var line = Open(
            async (_, cancel) =>
            {
                asked.SetResult();
                await Task.Delay(Timeout.Infinite, cancel);
                return true;
            },
            asterisk);
        await asked.Task.WaitAsync(Limit, TestContext.Current.CancellationToken);

        await line.DisposeAsync();

        Assert.Single(Directory.GetFiles(Folder.Of("out")));
    }

    [Theory]
    [InlineData("1000", OutcomeClass.Success)]
    [InlineData("1005", OutcomeClass.Busy)]
    public async Task A_call_that_ended_while_nobody_looked_has_its_outcome(string number, OutcomeClass expected)
    {
        await using var asterisk = new SimulatedAsterisk();
        // The connection breaks when the call was taken and before that is said.
        asterisk.Rule = (connection, action) =>
        {
            if (action["Action"] == "Originate") connection.Close();
            return false;
        };
        await using var line = Open(asterisk);

        var outcome = await line.Originate(Fax(number), "peer").Completion.WaitAsync(Limit, TestContext.Current.CancellationToken);

        Assert.True(outcome.Class == expected, outcome.ToString());
        Assert.Equal(1, asterisk.Originated);
    }

    [Fact]
    public async Task A_call_that_Asterisk_never_saw_is_not_placed_again_when_it_may_have()
    {
        await using var asterisk = new SimulatedAsterisk();
        asterisk.Rule = (connection, action) =>
        {
            if (action["Action"] != "Originate") return false;
            connection.Close();
            return true;
        };
        await using var line = Open(asterisk);

        var outcome = await line.Originate(Fax("1000"), "peer").Completion.WaitAsync(Limit, TestContext.Current.CancellationToken);

        Assert.True(outcome is { Class: OutcomeClass.NoAnswer, Phase: OutcomePhase.Dial }, outcome.ToString());
        Assert.Equal(1, asterisk.Originated);
    }

    [Fact]
    public async Task An_Asterisk_that_was_restarted_in_the_middle_leaves_the_outcome_unknown()
    {
        await using var asterisk = new SimulatedAsterisk { CallsGoOn = false };
        await using var line = Open(asterisk);
        var call = line.Originate(Fax("1000"), "peer");
        await UntilAsync(call, happened => happened is LineEvent.SwitchedToT38);

        asterisk.Restart();

        var outcome = await call.Completion.WaitAsync(Limit, TestContext.Current.CancellationToken);
        Assert.True(outcome is { Class: OutcomeClass.Unknown, PagesPerhapsPrinted: 2 }, outcome.ToString());
    }

    [Fact]
    public async Task Another_server_is_tried_only_while_none_may_have_placed_the_call()
    {
        await using var first = new SimulatedAsterisk();
        await using var second = new SimulatedAsterisk();
        first.Rule = (connection, action) =>
        {
            if (action["Action"] != "DBPut") return false;
            connection.Close();
            return true;
        };
        await using var line = Open(first, second);
        await UntilAsync(() => line.Servers.All(server => server.IsUsable));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(n => line.Originate(Fax($"100{n}"), "peer").Completion.WaitAsync(Limit, TestContext.Current.CancellationToken)));

        Assert.All(outcomes, outcome => Assert.Equal(OutcomeClass.Success, outcome.Class));
        Assert.Equal((0, 4), (first.Originated, second.Originated));
    }

    [Fact]
    public async Task Calls_go_to_the_server_with_the_least_load_and_never_above_its_limit()
    {
        MaxCalls = 2;
        await using var first = new SimulatedAsterisk { CallsGoOn = false };
        await using var second = new SimulatedAsterisk { CallsGoOn = false };
        await using var line = Open(first, second);
        await UntilAsync(() => line.Servers.All(server => server.IsUsable));

        List<FaxCall> calls = [];
        for (var n = 0; n < 6; n++)
        {
            calls.Add(line.Originate(Fax($"10{n}0") with { Reference = $"b{n}" }, "peer"));
            await UntilAsync(() => first.Originated + second.Originated == calls.Count || calls[^1].Completion.IsCompleted);
        }

        Assert.Equal((2, 2), (first.Originated, second.Originated));
        foreach (var refused in calls[4..]) Assert.True(await refused.Completion.WaitAsync(Limit, TestContext.Current.CancellationToken) is { Class: OutcomeClass.Congestion, Sentence: "Every Asterisk has as many calls as it may." });
        foreach (var call in calls[..4]) call.Cancel();
        foreach (var call in calls[..4]) Assert.Equal(OutcomeClass.Local, (await call.Completion.WaitAsync(Limit, TestContext.Current.CancellationToken)).Class);
    }

    [Fact]
    public async Task Without_a_server_nothing_is_placed_and_it_says_what_to_check()
    {
        var options = new AsteriskLineOptions { Servers = [Server(1, "gone")], ConnectPatience = TimeSpan.FromMilliseconds(200) };
        await using var line = AsteriskLine.Open(options, TimeProvider.System);

        var outcome = await line.Originate(Fax("1000"), "peer").Completion.WaitAsync(Limit, TestContext.Current.CancellationToken);

        Assert.True(outcome is { Class: OutcomeClass.Congestion, Party: OutcomeParty.Local, Sentence: "No Asterisk is connected." }, outcome.ToString());
        Assert.Contains("cannot be reached at 127.0.0.1, port 1", outcome.Next, StringComparison.Ordinal);
    }

    [Fact]
    public void An_attempt_has_one_call_and_an_id_that_is_one()
    {
        var line = AsteriskLine.Open(new AsteriskLineOptions { Servers = [Server(1, "gone")] }, TimeProvider.System);
        line.Originate(Fax("1000"), "peer");

        Assert.Throws<ArgumentException>(() => line.Originate(Fax("1000"), "peer"));
        Assert.Throws<ArgumentException>(() => line.Originate(Fax("1000") with { Reference = "a/b" }, "peer"));
        Assert.Throws<ArgumentException>(() => line.Originate(Fax("1001"), "peer\r\nAction: x"));
        Assert.Throws<ArgumentException>(() => AsteriskLine.Open(new AsteriskLineOptions { Servers = [] }, TimeProvider.System));
    }
}
