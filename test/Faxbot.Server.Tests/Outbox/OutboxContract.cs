using Dapper;
using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Numbers;
using Faxbot.Sdk.Outcomes;
using Faxbot.Server.Jobs;
using Faxbot.Server.Messages;
using Faxbot.Server.OptOuts;
using Faxbot.Server.Outbox;
using Faxbot.Server.Plugins;
using Faxbot.Server.Tests.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Faxbot.Server.Tests.Outbox;

/// <summary>What becomes of messages, alike on each kind of store.</summary>
public abstract class OutboxContract(StoreUnderTest store)
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly ScriptedPlugins _plugins = new() { Messaging = { new ScriptedMessaging("sms") } };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ScriptedMessaging Sms => _plugins.Messaging[0];

    [Fact]
    public async Task A_message_goes_through_its_states_with_an_event_of_each()
    {
        using var outbox = await OpenAsync();
        var item = await outbox.AcceptAsync(text: "Grüße");
        await outbox.RunAsync();
        Assert.Equal(OutboxState.Accepted, (await outbox.FindAsync(item.Id)).State);
        await outbox.ReportAsync("sms", Sent(item), MessageState.Sent);
        await outbox.ReportAsync("sms", Sent(item), MessageState.Delivered);

        var end = await outbox.FindAsync(item.Id);

        Assert.Equal((OutboxState.Delivered, "sms", 1, "Grüße"), (end.State, end.PluginId, end.Attempts, Assert.Single(Sms.Sent).Text));
        var events = await outbox.Events.EventsAsync(0, new EventFilter { Only = new EventSubject(null, item.Id, null) }, 100, Cancel);
        Assert.Equal(["message.queued", "message.accepted", "message.sent", "message.delivered"], events.Select(one => one.Type));
        var attempt = Assert.Single(await outbox.Store.AttemptsAsync(item.Id, Cancel));
        Assert.Equal(("1.0.0", 1, OutcomeClass.Success), (attempt.PluginVersion, attempt.SettingsRevision, attempt.Outcome!.Class));
    }

    [Fact]
    public async Task The_text_does_not_stand_in_the_rows()
    {
        using var outbox = await OpenAsync();
        await outbox.AcceptAsync(text: "a secret that is long enough to be seen");

        await using var connection = await outbox.Database.OpenAsync(Cancel);
        var content = await connection.QuerySingleAsync<byte[]>("select content from outbox");

        Assert.Equal(-1, content.AsSpan().IndexOf("secret"u8));
    }

    [Fact]
    public async Task A_message_whose_text_cannot_be_read_any_more_keeps_no_other()
    {
        using var outbox = await OpenAsync();
        var damaged = await outbox.AcceptAsync();
        await outbox.Database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync("update outbox set content = @nothing", new { nothing = new byte[40] }, transaction), Cancel);
        var whole = await outbox.AcceptAsync("+15550101");

        await outbox.RunAsync();

        await using var connection = await outbox.Database.OpenAsync(Cancel);
        Assert.Equal("undelivered", await connection.ExecuteScalarAsync<string>("select state from outbox where id = @Id", damaged));
        Assert.Equal(OutboxState.Accepted, (await outbox.FindAsync(whole.Id)).State);
        Assert.Single(Sms.Sent);
    }

    [Fact]
    public async Task One_idempotency_key_makes_one_message_and_serves_one_request()
    {
        using var outbox = await OpenAsync();
        var item = new NewOutboxItem { Kind = MessageKind.Message, KeyId = "k1", To = new PhoneNumber("+1"), Content = [1], IdempotencyKey = "once", RequestHash = "a" };

        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => outbox.Store.AcceptAsync(item, Cancel)));

        Assert.Single(all.Select(one => one.Item.Id).Distinct());
        Assert.Single(all, one => one.Kind == AcceptanceKind.Created);
        Assert.Equal(AcceptanceKind.Conflict, (await outbox.Store.AcceptAsync(item with { RequestHash = "b" }, Cancel)).Kind);
        Assert.Equal(AcceptanceKind.Created, (await outbox.Store.AcceptAsync(item with { KeyId = "k2" }, Cancel)).Kind);
    }

    [Fact]
    public async Task A_message_for_later_leaves_at_its_time()
    {
        using var outbox = await OpenAsync();
        var item = await outbox.AcceptAsync(change: item => item with { SendAt = _time.GetUtcNow().AddHours(1) });

        Assert.True(await outbox.RunAsync() <= item.DueAt);
        Assert.Empty(Sms.Sent);
        await outbox.RunForAsync(TimeSpan.FromHours(1));
        Assert.Single(Sms.Sent);
    }

    [Fact]
    public async Task What_waits_is_cancelled_at_once_and_what_a_provider_has_is_not_tried_again()
    {
        using var outbox = await OpenAsync();
        var waiting = await outbox.AcceptAsync(change: item => item with { SendAt = _time.GetUtcNow().AddHours(1) });
        var failing = await outbox.AcceptAsync("+15550101");
        Sms.OnSend = async message =>
        {
            await outbox.Store.CancelAsync(MessageKind.Message, failing.Id, "k1", Cancel);
            throw new PluginFailureException("It does not run.", wasCalled: false);
        };

        Assert.Null(await outbox.Store.CancelAsync(MessageKind.Message, waiting.Id, "k2", Cancel));
        Assert.Equal(OutboxState.Cancelled, (await outbox.Store.CancelAsync(MessageKind.Message, waiting.Id, "k1", Cancel))!.State);
        await outbox.RunAsync();

        Assert.Equal(OutboxState.Cancelled, (await outbox.FindAsync(failing.Id)).State);
        Assert.Single(Sms.Sent);
    }

    [Fact]
    public async Task A_route_that_failed_definitely_gives_way_to_the_next()
    {
        using var outbox = await OpenAsync();
        _plugins.Messaging.Add(new ScriptedMessaging("zweiter"));
        Sms.OnSend = _ => throw Rejected(OutcomeClass.Congestion, OutcomeParty.Trunk);

        var item = await outbox.AcceptAsync();
        await outbox.RunAsync();

        Assert.Equal((OutboxState.Accepted, "zweiter", 2), await outbox.FindAsync(item.Id) is var end ? (end.State, end.PluginId!, end.Attempts) : default);
        Assert.Equal([OutcomeClass.Congestion, null], (await outbox.Store.AttemptsAsync(item.Id, Cancel)).Select(attempt => attempt.Outcome?.Class));
    }

    [Fact]
    public async Task All_routes_are_tried_anew_so_often_and_then_no_more()
    {
        using var outbox = await OpenAsync();
        Sms.OnSend = _ => throw new PluginFailureException("It does not run.", wasCalled: false);
        var item = await outbox.AcceptAsync();

        await outbox.RunForAsync(TimeSpan.FromHours(1));

        Assert.Equal((OutboxState.Undelivered, 5), await outbox.FindAsync(item.Id) is var end ? (end.State, end.Attempts) : default);
        Assert.Equal(5, Sms.Sent.Count);
    }

    [Fact]
    public async Task What_the_provider_refuses_for_its_number_is_not_sent_again()
    {
        using var outbox = await OpenAsync();
        Sms.OnSend = _ => throw Rejected(OutcomeClass.Rejected, OutcomeParty.Number);
        var item = await outbox.AcceptAsync();

        await outbox.RunForAsync(TimeSpan.FromHours(1));

        var end = await outbox.FindAsync(item.Id);
        Assert.Equal((OutboxState.Undelivered, OutcomeClass.Rejected, "It was refused."), (end.State, end.Outcome!.Class, end.Outcome.Sentence));
        Assert.Single(Sms.Sent);
    }

    [Fact]
    public async Task Only_routes_to_plugins_of_the_category_count()
    {
        using var outbox = await OpenAsync();
        _plugins.Messaging.Add(new ScriptedMessaging("zweiter"));
        _plugins.Others.Add("fax");
        await outbox.Routes.AddAsync(new RouteRule("+1555", "fax", 0), Cancel);
        await outbox.Routes.AddAsync(new RouteRule("+1", "zweiter", 0), Cancel);

        await outbox.AcceptAsync();
        await outbox.RunAsync();

        Assert.Single(_plugins.Messaging[1].Sent);
    }

    [Fact]
    public async Task A_message_waits_for_a_plugin_and_says_so()
    {
        using var outbox = await OpenAsync();
        Sms.IsReady = false;
        var item = await outbox.AcceptAsync();
        await outbox.RunAsync();
        Assert.Contains("No plugin", (await outbox.FindAsync(item.Id)).Outcome!.Sentence, StringComparison.Ordinal);

        Sms.IsReady = true;
        await outbox.RunAsync();

        Assert.Equal(OutboxState.Accepted, (await outbox.FindAsync(item.Id)).State);
    }

    [Fact]
    public async Task A_plugin_gets_no_more_at_once_and_a_second_than_its_limits_say()
    {
        using var outbox = await OpenAsync();
        Sms.Limits = new BackendLimits(Channels: 3, CallsPerSecond: 10);
        foreach (var number in Enumerable.Range(0, 30)) await outbox.AcceptAsync($"+1555{number:D4}");

        await outbox.RunAsync();
        Assert.InRange(Sms.Sent.Count, 1, 3);
        await outbox.RunForAsync(TimeSpan.FromSeconds(1));
        Assert.InRange(Sms.Sent.Count, 9, 13);
        await outbox.RunForAsync(TimeSpan.FromSeconds(3));
        Assert.Equal(30, Sms.Sent.Count);
    }

    [Fact]
    public async Task A_report_that_is_faster_than_the_answer_waits_for_it()
    {
        using var outbox = await OpenAsync();
        Sms.OnSend = async message =>
        {
            await outbox.ReportAsync("sms", "p1", MessageState.Sent);
            await outbox.ReportAsync("sms", "p1", MessageState.Delivered);
            await outbox.ReportAsync("sms", "p1", MessageState.Sent);
            return new MessageResult("p1", "sms");
        };
        var item = await outbox.AcceptAsync();

        await outbox.RunAsync();

        Assert.Equal(OutboxState.Delivered, (await outbox.FindAsync(item.Id)).State);
    }

    [Theory]
    [InlineData(MessageState.NeverSent, OutboxState.Accepted, 2)]
    [InlineData(MessageState.Accepted, OutboxState.Accepted, 1)]
    [InlineData(MessageState.Sent, OutboxState.Sent, 1)]
    [InlineData(MessageState.Delivered, OutboxState.Delivered, 1)]
    [InlineData(MessageState.Undelivered, OutboxState.Undelivered, 1)]
    [InlineData(MessageState.Unknown, OutboxState.Unknown, 1)]
    public async Task A_submission_whose_end_is_not_known_is_looked_up_and_never_sent_again_by_itself(MessageState told, object state, int sent)
    {
        using var outbox = await OpenAsync();
        Sms.OnSend = message => Sms.Sent.Count > 1 ? Task.FromResult(new MessageResult("p2", "sms")) : throw new PluginFailureException("It crashed.", wasCalled: true);
        Sms.OnStatus = _ => Task.FromResult(new MessageStatus { State = told, ProviderId = told == MessageState.Sent ? "p1" : null });
        var item = await outbox.AcceptAsync();

        await outbox.RunForAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(state, (await outbox.FindAsync(item.Id)).State);
        Assert.Equal(sent, Sms.Sent.Count);
    }

    [Fact]
    public async Task A_person_or_a_late_report_ends_what_nobody_could_tell()
    {
        using var outbox = await OpenAsync();
        Sms.OnSend = _ => throw new PluginFailureException("It crashed.", wasCalled: true);
        var (first, second) = (await outbox.AcceptAsync(), await outbox.AcceptAsync("+15550101"));
        await outbox.RunForAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(OutboxState.Unknown, (await outbox.FindAsync(first.Id)).State);

        await outbox.Store.ResolveAsync(MessageKind.Message, first.Id, "k1", arrived: true, Cancel);
        var attempt = Assert.Single(await outbox.Store.AttemptsAsync(second.Id, Cancel));
        await outbox.Ledger.ReportAsync("sms", attempt.Id, "p", new OutboxReport { Progress = OutboxProgress.Sent }, Cancel);
        Assert.Equal(OutboxState.Sent, (await outbox.FindAsync(second.Id)).State);
        await outbox.Ledger.ReportAsync("sms", attempt.Id, "p", new OutboxReport { Progress = OutboxProgress.Delivered }, Cancel);

        Assert.Equal((OutboxState.Delivered, OutboxState.Delivered), ((await outbox.FindAsync(first.Id)).State, (await outbox.FindAsync(second.Id)).State));
        Assert.Equal(2, Sms.Sent.Count);
    }

    [Fact]
    public async Task Another_life_finds_out_what_the_one_before_left()
    {
        using var first = await OpenAsync();
        var item = await first.AcceptAsync();
        var given = new TaskCompletionSource();
        Sms.OnSend = async _ =>
        {
            given.SetResult();
            await new TaskCompletionSource().Task;
            throw new InvalidOperationException("It never comes here.");
        };
        await first.Pump.RoundAsync(begins: true, Cancel);
        await given.Task;
        Sms.OnStatus = _ => Task.FromResult(new MessageStatus { State = MessageState.Delivered });

        using var second = new OutboxUnderTest(await store.OpenAsync(), _time, _plugins, first.Seal);
        await second.RunForAsync(TimeSpan.FromMinutes(2));

        Assert.Equal((OutboxState.Delivered, 1), await first.FindAsync(item.Id) is var end ? (end.State, Sms.Sent.Count) : default);
    }

    [Fact]
    public async Task What_is_never_confirmed_stays_sent_and_what_was_only_accepted_is_unknown()
    {
        // Leases are not what this is about, and renewing them every few seconds would be most of four days.
        using var outbox = await OpenAsync(new OutboxWork { Lease = TimeSpan.FromHours(3) });
        var (sent, accepted) = (await outbox.AcceptAsync(), await outbox.AcceptAsync("+15550101"));
        await outbox.RunAsync();
        await outbox.ReportAsync("sms", Sent(sent), MessageState.Sent);

        await outbox.RunForAsync(TimeSpan.FromDays(4));

        var (settled, lost) = (await outbox.FindAsync(sent.Id), await outbox.FindAsync(accepted.Id));
        Assert.Equal((OutboxState.Sent, true, OutboxState.Unknown), (settled.State, settled.SettledAt is not null, lost.State));
        await outbox.ReportAsync("sms", Sent(sent), MessageState.Delivered);
        Assert.Equal(OutboxState.Delivered, (await outbox.FindAsync(sent.Id)).State);
    }

    [Fact]
    public async Task Nothing_is_sent_to_those_who_opted_out_but_the_answer_to_that()
    {
        using var outbox = await OpenAsync();
        var optOuts = new OptOutStore(outbox.Database, _time);
        await optOuts.AddAsync(new PhoneNumber("+15550100"), null, "k1", Cancel);
        var (message, reply) = (await outbox.AcceptAsync(), await outbox.AcceptAsync(text: "Bye", change: item => item with { Options = new OutboxOptions { IsReply = true } }));

        await outbox.RunAsync();

        var end = await outbox.FindAsync(message.Id);
        Assert.Equal((OutboxState.Undelivered, OutcomeClass.Rejected, OutcomeParty.Policy), (end.State, end.Outcome!.Class, end.Outcome.Party));
        Assert.Equal((OutboxState.Accepted, "Bye"), ((await outbox.FindAsync(reply.Id)).State, Assert.Single(Sms.Sent).Text));
        Assert.True(await optOuts.RemoveAsync(new PhoneNumber("+15550100"), Cancel));
    }

    private static FaxRejectedException Rejected(OutcomeClass @class, OutcomeParty party) =>
        new(new FaxOutcome { Class = @class, Phase = OutcomePhase.Dial, Party = party, Sentence = "It was refused." });

    private string Sent(OutboxItem item) => "x" + Sms.Sent.Single(message => message.JobId == item.Id).AttemptId;

    private async Task<OutboxUnderTest> OpenAsync(OutboxWork? work = null) => new(await store.OpenEmptyAsync(), _time, _plugins, work: work);
}
