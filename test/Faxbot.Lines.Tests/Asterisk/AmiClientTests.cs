using Faxbot.Lines.Asterisk;
using Faxbot.Lines.Asterisk.Manager;
using Faxbot.Testing;

namespace Faxbot.Lines.Tests.Asterisk;

/// <summary>The connection to a manager interface, and what becomes of actions when it breaks.</summary>
public sealed class AmiClientTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly AmiOptions Hurried = new() { FirstPause = TimeSpan.FromMilliseconds(20), AnswerTimeout = TimeSpan.FromSeconds(2), PingInterval = TimeSpan.FromMilliseconds(100) };

    [Fact]
    public async Task Logs_in_without_showing_the_secret_and_reports_events()
    {
        await using var asterisk = new SimulatedAsterisk();
        await using var client = new AmiClient(Server(asterisk.Port), Hurried, TimeProvider.System);

        Assert.Equal("FullyBooted", (await NextAsync<AmiSignal.Happened>(client)).Event.Event);
        Assert.True((await client.AskAsync(new AmiAction("CoreStatus"))).IsSuccess);

        Assert.DoesNotContain(asterisk.Actions.SelectMany(action => action.Values), value => value.Contains(SimulatedAsterisk.Secret, StringComparison.Ordinal));
        Assert.Equal("call,user,system", asterisk.Actions.Single(action => action["Action"] == "Login")["Events"]);
        Assert.Null(client.Problem);
    }

    [Fact]
    public async Task A_refused_login_says_what_to_check_and_is_tried_again()
    {
        await using var asterisk = new SimulatedAsterisk();
        await using var client = new AmiClient(Server(asterisk.Port) with { Secret = "wrong" }, Hurried, TimeProvider.System);

        await UntilAsync(() => asterisk.Actions.Count(action => action["Action"] == "Login") > 2);

        Assert.False(client.IsConnected);
        Assert.Contains("refused the manager user gateway", client.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", client.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_waits_is_told_in_which_phase_the_connection_broke()
    {
        await using var asterisk = new SimulatedAsterisk();
        await using var client = new AmiClient(Server(asterisk.Port), Hurried, TimeProvider.System);
        var before = await client.AskAsync(new AmiAction("Ping"));
        asterisk.Rule = (connection, action) =>
        {
            if (action["Action"] is not ("Unanswered" or "Followed" or "Whole")) return false;
            if (action["Action"] != "Unanswered") connection.Reply(action, "Success", ("EventList", "start"));
            if (action["Action"] != "Unanswered") connection.Send(("Event", "Item"), ("ActionID", action["ActionID"]));
            if (action["Action"] == "Whole") connection.Send(("Event", "ItemComplete"), ("ActionID", action["ActionID"]), ("EventList", "Complete"));
            else connection.CloseAfterwards();
            return true;
        };
        await NextAsync<AmiSignal.Connected>(client);

        var whole = await client.AskAsync(new AmiAction("Whole"), AmiFollow.List);
        var followed = await client.AskAsync(new AmiAction("Followed"), AmiFollow.List);
        await NextAsync<AmiSignal.Lost>(client);
        await NextAsync<AmiSignal.Connected>(client);
        var unanswered = await client.AskAsync(new AmiAction("Unanswered"));
        await NextAsync<AmiSignal.Lost>(client);
        await NextAsync<AmiSignal.Connected>(client);

        Assert.Equal(AmiOutcome.NotSent, before.Outcome);
        Assert.Equal((AmiOutcome.Success, 1), (whole.Outcome, whole.Events.Count));
        Assert.Equal((AmiOutcome.Incomplete, 1), (followed.Outcome, followed.Events.Count));
        Assert.Equal((AmiOutcome.Unanswered, 0), (unanswered.Outcome, unanswered.Events.Count));
    }

    [Fact]
    public async Task A_server_that_answers_nothing_any_more_is_left()
    {
        await using var asterisk = new SimulatedAsterisk();
        await using var client = new AmiClient(Server(asterisk.Port), Hurried, TimeProvider.System);
        await NextAsync<AmiSignal.Connected>(client);

        asterisk.Rule = (_, action) => action["Action"] == "Ping";
        await NextAsync<AmiSignal.Lost>(client);
        await NextAsync<AmiSignal.Connected>(client);
    }

    [Fact]
    public async Task A_connection_whose_events_nobody_reads_is_given_up_and_not_silently_thinned()
    {
        await using var asterisk = new SimulatedAsterisk();
        await using var client = new AmiClient(Server(asterisk.Port), Hurried with { MostEventsWaiting = 10 }, TimeProvider.System);
        await UntilAsync(() => client.IsConnected);

        for (var i = 0; i < 20; i++) asterisk.Tell(("Event", "Noise"));
        await UntilAsync(() => !client.IsConnected);

        await NextAsync<AmiSignal.Lost>(client);
    }

    [Fact]
    public async Task Actions_at_once_get_their_own_answers()
    {
        await using var asterisk = new SimulatedAsterisk();
        await using var client = new AmiClient(Server(asterisk.Port), Hurried, TimeProvider.System);
        await NextAsync<AmiSignal.Connected>(client);
        for (var i = 0; i < 500; i++) asterisk.Database[$"f/{i}"] = $"{i}";

        var answers = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => client.AskAsync(new AmiAction("DBGet").With("Family", "f").With("Key", $"{i}"), AmiFollow.Event)));

        Assert.Equal(Enumerable.Range(0, 500).Select(i => $"{i}"), answers.Select(answer => answer.Events.Single()["Val"]));
    }

    [Fact]
    public async Task Over_TLS_the_certificate_must_prove_the_name()
    {
        using var authority = new Certificates();
        using var certificate = authority.For("pbx.example");
        await using var asterisk = new SimulatedAsterisk(certificate);
        var secure = Server(asterisk.Port) with { Tls = true };

        await using var trusting = new AmiClient(secure with { TlsName = "pbx.example", TlsRoots = [authority.Root] }, Hurried, TimeProvider.System);
        await NextAsync<AmiSignal.Connected>(trusting);
        foreach (var wrong in (AsteriskServer[])[secure with { TlsName = "other.example", TlsRoots = [authority.Root] }, secure with { TlsName = "pbx.example" }])
        {
            await using var client = new AmiClient(wrong, Hurried, TimeProvider.System);
            await UntilAsync(() => client.Problem is not null);
            Assert.False(client.IsConnected);
            Assert.Contains($"does not prove with its certificate that it is {wrong.TlsName}", client.Problem, StringComparison.Ordinal);
        }
    }

    private static AsteriskServer Server(int port) =>
        new() { Name = "a", Host = "127.0.0.1", Port = port, User = SimulatedAsterisk.User, Secret = SimulatedAsterisk.Secret, FolderHere = "x", FolderThere = "/x" };

    private static async Task<T> NextAsync<T>(AmiClient client)
        where T : AmiSignal
    {
        using var tooLong = new CancellationTokenSource(Limit);
        while (true)
        {
            if (await client.Signals.ReadAsync(tooLong.Token) is T wanted) return wanted;
        }
    }

    private static Task UntilAsync(Func<bool> test) => Eventually.HoldsAsync(test, Limit);
}
