using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Manifests;
using Faxbot.Sdk.Numbers;
using Faxbot.Sdk.Outcomes;
using Faxbot.Server.Jobs;
using Faxbot.Server.OptOuts;
using Faxbot.Server.Plugins;
using Faxbot.Server.Storage;
using Faxbot.Server.Tests.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Faxbot.Server.Tests.Jobs;

/// <summary>What a gateway does with its faxes, in virtual time, alike on each kind of store.</summary>
public abstract class DispatchContract(StoreUnderTest store) : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly ScriptedBackend _a = new("a");
    private readonly ScriptedBackend _b = new("b");
    private Database _database = null!;
    private GatewayRows _rows = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await store.OpenEmptyAsync();
        _rows = new GatewayRows(_database, _time, "unused");
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_fax_is_drawn_sent_and_asked_about_until_it_has_arrived()
    {
        using var gateway = Gateway(_a);
        var fax = await _rows.AcceptAsync("+15550100", fax => fax with { Options = new JobOptions { MaxBitRate = 9600, Subaddress = "7" } });

        var next = await gateway.RunAsync();
        Assert.Equal(JobState.InProgress, (await _rows.FindAsync(fax.Id)).State);
        _time.Advance(next - _time.GetUtcNow());
        _time.Advance(gateway.Options.FirstPollOfLine);
        await gateway.RunAsync();

        var done = await _rows.FindAsync(fax.Id);
        Assert.Equal((JobState.Success, 3, 3, "a"), (done.State, done.Pages, done.ConfirmedPages, done.PluginId));
        var request = Assert.Single(_a.Sent);
        Assert.Equal((fax.Id, "+15550100", 9600, "7"), (request.JobId, request.To.Value, request.Options.MaxBitRate, request.Options.Subaddress));
    }

    [Fact]
    public async Task A_busy_number_is_called_again_after_three_minutes()
    {
        using var gateway = Gateway(_a);
        _a.OnSend = _ => throw new FaxRejectedException(Outcomes.Of(OutcomeClass.Busy));
        var fax = await _rows.AcceptAsync("+1");
        await gateway.RunAsync();
        _time.Advance(TimeSpan.FromMinutes(3) - TimeSpan.FromSeconds(1));
        await gateway.RunAsync();
        Assert.Single(_a.Sent);

        _time.Advance(TimeSpan.FromSeconds(1));
        await gateway.RunAsync();

        Assert.Equal(2, _a.Sent.Count);
        Assert.Contains("in 3 minutes", (await _rows.FindAsync(fax.Id)).Outcome!.Next, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_congested_trunk_sends_the_fax_over_the_next_route_at_once_and_is_left_alone()
    {
        using var gateway = Gateway(_a, _b);
        _a.OnSend = _ => throw new FaxRejectedException(Outcomes.Of(OutcomeClass.Congestion));
        var first = await _rows.AcceptAsync("+1");
        await gateway.RunAsync();
        Assert.Equal("b", (await _rows.FindAsync(first.Id)).PluginId);

        var meanwhile = await _rows.AcceptAsync("+2");
        await gateway.RunAsync();
        Assert.Equal(("b", 1), ((await _rows.FindAsync(meanwhile.Id)).PluginId, _a.Sent.Count));
        _time.Advance(_rows.Retries.CongestionPause);
        await _rows.AcceptAsync("+3");
        await gateway.RunAsync();

        Assert.Equal(2, _a.Sent.Count);
    }

    [Fact]
    public async Task What_finds_no_channel_goes_over_the_next_route_and_where_all_are_full_over_the_first_that_is_free()
    {
        using var gateway = Gateway(_a, _b);
        _a.Limits = _b.Limits = new BackendLimits(1, null);
        for (var i = 0; i < 4; i++) await _rows.AcceptAsync($"+{i}");
        await gateway.RunAsync();
        Assert.Equal((1, 1), (_a.Sent.Count, _b.Sent.Count));

        foreach (var (backend, a, b) in new[] { (_b, 1, 2), (_a, 2, 2) })
        {
            await gateway.Ledger.StatusAsync(backend.Pin.PluginId, backend.Sent.Last().AttemptId, null, new FaxStatus { State = FaxState.Success, Outcome = Outcomes.Success() }, Cancel);
            await gateway.RunAsync();
            Assert.Equal((a, b), (_a.Sent.Count, _b.Sent.Count));
        }
    }

    [Fact]
    public async Task For_the_turn_of_a_call_a_fax_waits_and_takes_no_other_route()
    {
        using var gateway = Gateway(_a, _b);
        _a.Limits = new BackendLimits(null, 2);
        for (var i = 0; i < 2; i++) await _rows.AcceptAsync($"+{i}");
        await gateway.RunAsync();
        _time.Advance(TimeSpan.FromSeconds(0.5));
        await gateway.RunAsync();

        Assert.Equal((2, 0), (_a.Sent.Count, _b.Sent.Count));
    }

    [Fact]
    public async Task Where_every_route_is_congested_they_are_tried_again_a_few_times()
    {
        using var gateway = Gateway(_a, _b);
        _a.OnSend = _b.OnSend = _ => throw new FaxRejectedException(Outcomes.Of(OutcomeClass.Congestion));
        var fax = await _rows.AcceptAsync("+1");

        for (var i = 0; i < 60 && (await _rows.FindAsync(fax.Id)).State != JobState.Failed; i++)
        {
            await gateway.RunAsync();
            _time.Advance(TimeSpan.FromSeconds(30));
        }

        var failed = await _rows.FindAsync(fax.Id);
        Assert.Equal((JobState.Failed, OutcomeClass.Congestion), (failed.State, failed.Outcome!.Class));
        Assert.Equal((5, 5), (_a.Sent.Count, _b.Sent.Count));
    }

    [Fact]
    public async Task No_more_faxes_than_a_trunk_has_channels_are_under_way()
    {
        using var gateway = Gateway(_a);
        _a.Limits = new BackendLimits(2, null);
        for (var i = 0; i < 7; i++) await _rows.AcceptAsync($"+{i}");
        for (var done = 0; done < 7;)
        {
            await gateway.RunAsync();
            var open = (await _rows.Jobs.ListAsync(new JobQuery { States = [JobState.InProgress] }, Cancel)).Jobs;
            Assert.Equal(Math.Min(2, 7 - done), open.Count);
            foreach (var fax in open) await gateway.Ledger.StatusAsync("a", null, fax.ProviderId, new FaxStatus { State = FaxState.Success, Outcome = Outcomes.Success() }, Cancel);
            done += open.Count;
        }

        Assert.Equal(7, _a.Sent.Count);
    }

    [Fact]
    public async Task No_more_faxes_a_second_than_a_trunk_takes_are_begun()
    {
        using var gateway = Gateway(_a);
        _a.Limits = new BackendLimits(null, 2);
        for (var i = 0; i < 5; i++) await _rows.AcceptAsync($"+{i}");

        List<int> sent = [];
        for (var i = 0; i < 5; i++)
        {
            await gateway.RunAsync();
            sent.Add(_a.Sent.Count);
            _time.Advance(TimeSpan.FromSeconds(0.5));
        }

        Assert.Equal([1, 2, 3, 4, 5], sent);
    }

    [Fact]
    public async Task A_fax_without_a_route_waits_and_goes_when_there_is_one()
    {
        using var gateway = Gateway(_a, _b);
        _a.IsReady = false;
        await gateway.Routes.AddAsync(new RouteRule("+1", "a", 0), Cancel);
        var waits = await _rows.AcceptAsync("+1");
        var homeless = await _rows.AcceptAsync("+44");
        await gateway.RunAsync();
        Assert.Contains("waits until one is ready", (await _rows.FindAsync(waits.Id)).Outcome!.Next, StringComparison.Ordinal);

        await gateway.Routes.AddAsync(new RouteRule("+4", "b", 0), Cancel);
        await gateway.RunAsync();
        Assert.Equal((JobState.InProgress, JobState.Queued), ((await _rows.FindAsync(homeless.Id)).State, (await _rows.FindAsync(waits.Id)).State));
        _a.IsReady = true;
        await gateway.RunAsync();

        Assert.Equal(JobState.InProgress, (await _rows.FindAsync(waits.Id)).State);
    }

    [Fact]
    public async Task A_document_that_cannot_be_drawn_fails_the_fax_and_a_renderer_that_crashes_does_not()
    {
        using var gateway = Gateway(_a);
        var broken = Outcomes.Of(OutcomeClass.Rejected) with { Party = OutcomeParty.Document };
        gateway.Preparer.OnPrepare = (job, _) => throw (job.To.Value == "+1" ? new FaxRejectedException(broken) : new IOException("No space left."));
        var document = await _rows.AcceptAsync("+1");
        var disk = await _rows.AcceptAsync("+2");
        await gateway.RunAsync();
        Assert.Equal((JobState.Failed, JobState.Queued), ((await _rows.FindAsync(document.Id)).State, (await _rows.FindAsync(disk.Id)).State));

        gateway.Preparer.OnPrepare = null;
        _time.Advance(_rows.Retries.LocalPause);
        await gateway.RunAsync();

        Assert.Equal(JobState.InProgress, (await _rows.FindAsync(disk.Id)).State);
    }

    [Fact]
    public async Task A_plugin_that_was_not_called_costs_the_number_nothing()
    {
        using var gateway = Gateway(_a);
        _a.OnSend = _ => throw new PluginFailureException("It does not run.", wasCalled: false);
        var fax = await _rows.AcceptAsync("+1");
        await gateway.RunAsync();

        var queued = await _rows.FindAsync(fax.Id);
        Assert.Equal((JobState.Queued, 0, OutcomeClass.Local), (queued.State, queued.Dials, queued.Outcome!.Class));
    }

    [Fact]
    public async Task What_a_plugin_that_failed_knows_of_the_fax_is_asked_and_believed()
    {
        using var gateway = Gateway(Cloud(_a, lookup: true));
        _a.OnSend = _ => throw new PluginFailureException("It did not answer.", wasCalled: true);
        _a.OnStatus = reference => Task.FromResult(new FaxStatus { State = FaxState.InProgress, ProviderId = "found" });
        var fax = await _rows.AcceptAsync("+1");
        await gateway.RunAsync();
        var found = await _rows.FindAsync(fax.Id);
        Assert.Equal((JobState.InProgress, "found"), (found.State, found.ProviderId));

        _a.OnStatus = null;
        _time.Advance(gateway.Options.FirstPoll * 2);
        await gateway.RunAsync();

        Assert.Equal(JobState.Success, (await _rows.FindAsync(fax.Id)).State);
        Assert.Single(_a.Sent);
    }

    [Fact]
    public async Task A_fax_that_the_provider_never_had_is_sent_again()
    {
        using var gateway = Gateway(Cloud(_a, lookup: true));
        _a.OnSend = fax => _a.Sent.Count == 1 ? throw new PluginFailureException("It did not answer.", wasCalled: true) : Task.FromResult(new SendResult("x", "a"));
        _a.OnStatus = _ => Task.FromResult(new FaxStatus { State = FaxState.NeverSent });
        var fax = await _rows.AcceptAsync("+1");
        await gateway.RunAsync();
        _time.Advance(_rows.Retries.LocalPause);
        await gateway.RunAsync();

        var sent = await _rows.FindAsync(fax.Id);
        Assert.Equal((JobState.InProgress, 0, 2), (sent.State, sent.Dials, _a.Sent.Count));
    }

    [Fact]
    public async Task A_fax_of_which_nobody_can_tell_is_unknown_after_the_time_of_grace_and_not_sent_again()
    {
        using var gateway = Gateway(Cloud(_a, lookup: false));
        _a.OnSend = _ => throw new PluginFailureException("It did not answer.", wasCalled: true);
        var fax = await _rows.AcceptAsync("+1");
        await gateway.RunAsync();
        Assert.Equal(JobState.Submitting, (await _rows.FindAsync(fax.Id)).State);

        _time.Advance(gateway.Options.Grace);
        await gateway.RunAsync();
        _time.Advance(TimeSpan.FromDays(1));
        await gateway.RunAsync();

        Assert.Equal(JobState.Unknown, (await _rows.FindAsync(fax.Id)).State);
        Assert.Single(_a.Sent);
        Assert.Empty(_a.Asked);
    }

    [Fact]
    public async Task A_plugin_that_refuses_a_fax_whose_call_was_dialled_is_not_believed()
    {
        using var gateway = Gateway(_a);
        _a.OnSend = async fax =>
        {
            await gateway.Ledger.DialAsync(fax.AttemptId, Cancel);
            throw new FaxRejectedException(GatewayOutcomes.Local("A call was placed already."));
        };
        _a.OnStatus = _ => Task.FromResult(new FaxStatus { State = FaxState.InProgress });
        var fax = await _rows.AcceptAsync("+1");
        await gateway.RunAsync();
        Assert.Equal(JobState.InProgress, (await _rows.FindAsync(fax.Id)).State);

        await gateway.Ledger.EndAsync(_a.Sent.Single().AttemptId, Outcomes.Success(), null, Cancel);
        _time.Advance(TimeSpan.FromHours(1));
        await gateway.RunAsync();

        Assert.Equal(JobState.Success, (await _rows.FindAsync(fax.Id)).State);
        Assert.Single(_a.Sent);
    }

    [Fact]
    public async Task A_line_plugin_that_resumes_is_given_the_first_page_that_was_not_confirmed()
    {
        using var gateway = Gateway(_a);
        _a.OnSend = async fax =>
        {
            await gateway.Ledger.DialAsync(fax.AttemptId, Cancel);
            await gateway.Ledger.EndAsync(fax.AttemptId, fax.Options.FirstPage == 0 ? Outcomes.Partial(2, perhaps: 1) : Outcomes.Success(1), null, Cancel);
            return new SendResult(fax.AttemptId, "a");
        };
        var fax = await _rows.AcceptAsync("+1");
        await gateway.RunAsync();
        Assert.Contains("from page 3 on. Page 3 may print twice.", (await _rows.FindAsync(fax.Id)).Outcome!.Next, StringComparison.Ordinal);
        _time.Advance(_rows.Retries.PartialPause);
        await gateway.RunAsync();

        var done = await _rows.FindAsync(fax.Id);
        Assert.Equal([0, 2], _a.Sent.Select(sent => sent.Options.FirstPage));
        Assert.Equal((JobState.Success, 3, 3, 2, 2), (done.State, done.ConfirmedPages, done.Outcome!.PagesConfirmed, done.Dials, done.Tries));
    }

    [Fact]
    public async Task A_wish_to_cancel_reaches_the_renderer_or_the_provider()
    {
        using var gateway = Gateway(_a);
        var drawing = new TaskCompletionSource();
        gateway.Preparer.OnPrepare = async (job, cancel) =>
        {
            if (job.To.Value == "+1") await Jobs(job.Id);
            await Task.Delay(job.To.Value == "+1" ? Timeout.Infinite : 0, cancel);
            return new PreparedFax(new("d", "image/tiff", 3), 3);
        };
        async Task Jobs(string id)
        {
            await gateway.Jobs.CancelAsync(id, null, Cancel);
            drawing.SetResult();
        }

        var early = await _rows.AcceptAsync("+1");
        var late = await _rows.AcceptAsync("+2");
        await gateway.Pump.RoundAsync(begins: true, Cancel);
        await drawing.Task;
        await gateway.RunAsync();
        Assert.Equal(JobState.Cancelled, (await _rows.FindAsync(early.Id)).State);

        await gateway.Jobs.CancelAsync(late.Id, null, Cancel);
        await gateway.RunAsync();
        Assert.Equal(late.Id, Assert.Single(_a.Cancelled).JobId);
        await gateway.Ledger.EndAsync((await _rows.Jobs.AttemptsAsync(late.Id, Cancel))[0].Id, Outcomes.Of(OutcomeClass.Local), null, Cancel);
        Assert.Equal(JobState.Cancelled, (await _rows.FindAsync(late.Id)).State);
    }

    [Fact]
    public async Task Quiet_hours_keep_calls_back_and_let_emergencies_pass()
    {
        using var gateway = Gateway(new QuietHours { From = new TimeOnly(8, 0), Until = new TimeOnly(10, 0) }, _a);
        var letter = await _rows.AcceptAsync("+1");
        var alarm = await _rows.AcceptAsync("+2", fax => fax with { Priority = 9 });
        await gateway.RunAsync();
        Assert.Equal((JobState.Queued, JobState.InProgress), ((await _rows.FindAsync(letter.Id)).State, (await _rows.FindAsync(alarm.Id)).State));

        _time.Advance(TimeSpan.FromHours(1));
        await gateway.RunAsync();

        Assert.Equal(JobState.InProgress, (await _rows.FindAsync(letter.Id)).State);
    }

    [Fact]
    public async Task Who_opted_out_is_not_called()
    {
        using var gateway = Gateway(_a);
        await new OptOutStore(_database, _time).AddAsync(new PhoneNumber("+15550100"), null, "k1", Cancel);
        var fax = await _rows.AcceptAsync("+15550100");

        await gateway.RunAsync();

        var end = await _rows.FindAsync(fax.Id);
        Assert.Equal((JobState.Failed, OutcomeClass.Rejected, OutcomeParty.Policy), (end.State, end.Outcome!.Class, end.Outcome.Party));
        Assert.Empty(_a.Sent);
    }

    [Fact]
    public async Task A_dead_number_is_called_again_only_by_who_insists()
    {
        using var gateway = Gateway(_a);
        _a.OnSend = _ => throw new FaxRejectedException(Outcomes.Of(OutcomeClass.Dead));
        var first = await _rows.AcceptAsync("+1");
        await gateway.RunAsync();
        var second = await _rows.AcceptAsync("+1");
        await gateway.RunAsync();
        Assert.Equal((JobState.Failed, OutcomeClass.Dead, 1), ((await _rows.FindAsync(second.Id)).State, (await _rows.FindAsync(second.Id)).Outcome!.Class, _a.Sent.Count));

        await _rows.AcceptAsync("+1", fax => fax with { ResendOf = first.Id });
        await gateway.RunAsync();

        Assert.Equal(2, _a.Sent.Count);
    }

    [Fact]
    public async Task The_fuse_on_calls_to_a_number_holds_over_all_faxes_to_it()
    {
        using var gateway = Gateway(Cloud(_a, lookup: true));
        _a.OnSend = _ => throw new FaxRejectedException(Outcomes.Of(OutcomeClass.Refused));
        for (var i = 0; i < 25; i++) await _rows.AcceptAsync("+1");
        await gateway.RunAsync();
        Assert.Equal(_rows.Retries.MostCallsToNumberAnHour, _a.Sent.Count);

        _time.Advance(TimeSpan.FromHours(1));
        await gateway.RunAsync();

        Assert.Equal(2 * _rows.Retries.MostCallsToNumberAnHour, _a.Sent.Count);
    }

    private static ScriptedBackend Cloud(ScriptedBackend backend, bool lookup)
    {
        backend.Manifest = backend.Manifest with { AllowedHosts = ["api.example.com"], Traits = new PluginTraits { LookupByReference = lookup } };
        return backend;
    }

    private GatewayUnderTest Gateway(params ScriptedBackend[] backends) => new(_database, _time, new ScriptedBackends(backends));

    private GatewayUnderTest Gateway(QuietHours quiet, params ScriptedBackend[] backends) => new(_database, _time, new ScriptedBackends(backends), quiet: quiet);
}
