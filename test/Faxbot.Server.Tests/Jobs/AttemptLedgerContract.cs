using Dapper;
using Faxbot.Sdk.Accounts;
using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Outcomes;
using Faxbot.Server.Jobs;
using Faxbot.Server.Plugins;
using Faxbot.Server.Tests.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Faxbot.Server.Tests.Jobs;

/// <summary>What the ledger of attempts does, alike on each kind of store.</summary>
public abstract class AttemptLedgerContract(StoreUnderTest store)
{
    private static readonly PluginPin Pin = new("p", "1.0.0", 1);
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_is_dialled_once_and_counted()
    {
        var rows = await OpenAsync();
        var attempt = await rows.BeginAsync("+1");

        Assert.Equal(DialPermit.Granted, await rows.Ledger.DialAsync(attempt.Id, Cancel));
        Assert.Equal(DialPermit.AlreadyDialled, await rows.Ledger.DialAsync(attempt.Id, Cancel));
        await rows.Ledger.EndAsync(attempt.Id, Outcomes.Success(), null, Cancel);
        Assert.Equal(DialPermit.NotOpen, await rows.Ledger.DialAsync(attempt.Id, Cancel));
        Assert.Equal(DialPermit.NotOpen, await rows.Ledger.DialAsync("none", Cancel));

        var fax = await rows.FindAsync(attempt.FaxId);
        Assert.Equal((JobState.Success, 1, 1, 3), (fax.State, fax.Dials, fax.Tries, fax.ConfirmedPages));
    }

    [Fact]
    public async Task Which_Asterisk_may_have_placed_the_call_is_on_the_disk_before_it_is_asked()
    {
        var rows = await OpenAsync();
        var attempt = await rows.BeginAsync("+1");

        await rows.Ledger.DialAsync(attempt.Id, ["pbx", "pbx-2"], Cancel);
        await rows.Ledger.EndAsync(attempt.Id, Outcomes.Success(), null, Cancel);

        Assert.Equal(["pbx", "pbx-2"], (await rows.Ledger.FindAsync(attempt.Id, Cancel))!.AsteriskServers);
        Assert.Empty(attempt.AsteriskServers);
    }

    [Fact]
    public async Task Eight_lines_that_ask_at_once_get_one_permit()
    {
        var rows = await OpenAsync();
        var attempt = await rows.BeginAsync("+1");

        var permits = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => rows.Ledger.DialAsync(attempt.Id, Cancel)));

        Assert.Single(permits, DialPermit.Granted);
        Assert.Equal(7, permits.Count(permit => permit == DialPermit.AlreadyDialled));
    }

    [Fact]
    public async Task Who_lost_the_lease_may_neither_begin_nor_dial()
    {
        var rows = await OpenAsync();
        await rows.AcceptAsync("+1");
        var claimed = Assert.Single(await rows.ClaimAsync());
        var attempt = await rows.Ledger.BeginAsync(claimed.Lease, Pin, true, 0, 1, Cancel);
        await rows.Database.WriteAsync(
            transaction => transaction.Connection!.ExecuteAsync(
                "update faxes set lease_number = lease_number + 1, lease_owner = 'g2'", transaction: transaction),
            Cancel);

        Assert.Equal(DialPermit.LeaseLost, await rows.Ledger.DialAsync(attempt!.Id, Cancel));
        Assert.Null(await rows.Ledger.BeginAsync(claimed.Lease, Pin, true, 0, 1, Cancel));
        Assert.Equal(0, (await rows.FindAsync(attempt.FaxId)).Dials);
    }

    [Fact]
    public async Task A_fax_cancelled_before_its_attempt_ends_there()
    {
        var rows = await OpenAsync();
        var fax = await rows.AcceptAsync("+1");
        var claimed = Assert.Single(await rows.ClaimAsync());
        await rows.Jobs.CancelAsync(fax.Id, null, Cancel);

        Assert.Null(await rows.Ledger.BeginAsync(claimed.Lease, Pin, true, 0, 1, Cancel));

        Assert.Equal(JobState.Cancelled, (await rows.FindAsync(fax.Id)).State);
    }

    [Fact]
    public async Task A_fax_cancelled_before_its_call_is_not_dialled_and_ends_cancelled()
    {
        var rows = await OpenAsync();
        var attempt = await rows.BeginAsync("+1");
        await rows.Jobs.CancelAsync(attempt.FaxId, null, Cancel);

        Assert.Equal(DialPermit.Cancelled, await rows.Ledger.DialAsync(attempt.Id, Cancel));
        await rows.Ledger.EndAsync(attempt.Id, Outcomes.Of(OutcomeClass.Local), null, Cancel);

        Assert.Equal(JobState.Cancelled, (await rows.FindAsync(attempt.FaxId)).State);
    }

    [Fact]
    public async Task An_attempt_ends_once_however_many_say_so()
    {
        var rows = await OpenAsync();
        var attempt = await rows.BeginAsync("+1");

        var ends = await Task.WhenAll(Enumerable.Range(0, 6).Select(i =>
            rows.Ledger.EndAsync(attempt.Id, i % 2 == 0 ? Outcomes.Success() : Outcomes.Of(OutcomeClass.Dead), null, Cancel)));

        Assert.Single(ends, true);
        var ended = await rows.Ledger.FindAsync(attempt.Id, Cancel);
        var fax = await rows.FindAsync(attempt.FaxId);
        Assert.Equal(ended!.Outcome!.Class == OutcomeClass.Success ? JobState.Success : JobState.Failed, fax.State);
        Assert.False(await rows.Ledger.StatusAsync("p", attempt.Id, null, new FaxStatus { State = FaxState.Failed, Outcome = Outcomes.Of(OutcomeClass.Busy) }, Cancel));
        Assert.Equal(fax.State, (await rows.FindAsync(attempt.FaxId)).State);
    }

    [Fact]
    public async Task A_status_that_was_faster_than_the_answer_is_applied_with_it()
    {
        var rows = await OpenAsync();
        var attempt = await rows.BeginAsync("+1", onlyLine: false);
        var status = new FaxStatus { State = FaxState.Success, Outcome = Outcomes.Success(), Cost = new Money(0.07m, "USD") };

        Assert.True(await rows.Ledger.StatusAsync("p", null, "x1", status, Cancel));
        Assert.True(await rows.Ledger.StatusAsync("p", null, "x1", new FaxStatus { State = FaxState.InProgress }, Cancel));
        Assert.Equal(JobState.Submitting, (await rows.FindAsync(attempt.FaxId)).State);
        Assert.True(await rows.Ledger.TakeAsync(attempt.Id, new SendResult("x1", "p"), Cancel));

        var fax = await rows.FindAsync(attempt.FaxId);
        Assert.Equal((JobState.Success, "x1", 1), (fax.State, fax.ProviderId, fax.Dials));
        Assert.Equal(new Money(0.07m, "USD"), (await rows.Ledger.FindAsync(attempt.Id, Cancel))!.Cost);
    }

    [Fact]
    public async Task Answer_and_status_that_come_at_once_never_miss_each_other()
    {
        var rows = await OpenAsync();
        for (var i = 0; i < 20; i++)
        {
            var attempt = await rows.BeginAsync($"+1{i}", onlyLine: false);
            await Task.WhenAll(
                rows.Ledger.StatusAsync("p", null, $"x{i}", new FaxStatus { State = FaxState.Success, Outcome = Outcomes.Success() }, Cancel),
                rows.Ledger.TakeAsync(attempt.Id, new SendResult($"x{i}", "p"), Cancel));
            Assert.Equal(JobState.Success, (await rows.FindAsync(attempt.FaxId)).State);
        }
    }

    [Fact]
    public async Task Confirmed_pages_count_from_the_first_on_over_all_attempts()
    {
        var rows = await OpenAsync();
        var first = await rows.BeginAsync("+1");
        await rows.Ledger.PageAsync(first.Id, 0, PageState.Sending, null, Cancel);
        await rows.Ledger.PageAsync(first.Id, 0, PageState.Confirmed, """{"response":"MCF"}""", Cancel);
        await rows.Ledger.PageAsync(first.Id, 0, PageState.Sent, null, Cancel);
        await rows.Ledger.PageAsync(first.Id, 2, PageState.Confirmed, null, Cancel);
        Assert.Equal(1, (await rows.FindAsync(first.FaxId)).ConfirmedPages);
        Assert.Equal(PageState.Confirmed, (await rows.Ledger.FindAsync(first.Id, Cancel))!.Pages[0].State);
        await rows.Ledger.EndAsync(first.Id, Outcomes.Partial(1, perhaps: 1), null, Cancel);

        _time.Advance(rows.Retries.PartialPause);
        var second = await rows.BeginNextAsync();
        Assert.Equal((1, 2), (second.FirstPage, second.Number));
        await rows.Ledger.PageAsync(second.Id, 1, PageState.Confirmed, null, Cancel);

        Assert.Equal(3, (await rows.FindAsync(first.FaxId)).ConfirmedPages);
    }

    [Fact]
    public async Task A_call_that_lost_its_end_after_the_last_confirmation_has_arrived()
    {
        var rows = await OpenAsync();
        var attempt = await rows.BeginAsync("+1", pages: 1);
        await rows.Ledger.PageAsync(attempt.Id, 0, PageState.Confirmed, null, Cancel);

        await rows.Ledger.EndAsync(attempt.Id, GatewayOutcomes.Lost(1, 0, 1), null, Cancel);

        var fax = await rows.FindAsync(attempt.FaxId);
        Assert.Equal((JobState.Success, OutcomeClass.Success), (fax.State, fax.Outcome!.Class));
    }

    [Fact]
    public async Task An_unknown_fax_is_ended_by_a_late_status_and_never_queued()
    {
        var rows = await OpenAsync();
        var attempt = await rows.BeginAsync("+1", onlyLine: false);
        await rows.Ledger.EndAsync(attempt.Id, GatewayOutcomes.Lost(0, 0, 3), null, Cancel);
        Assert.Equal(JobState.Unknown, (await rows.FindAsync(attempt.FaxId)).State);

        Assert.True(await rows.Ledger.StatusAsync("p", attempt.Id, "x", new FaxStatus { State = FaxState.Failed, Outcome = Outcomes.Of(OutcomeClass.Busy) }, Cancel));
        Assert.False(await rows.Ledger.StatusAsync("p", attempt.Id, "x", new FaxStatus { State = FaxState.Success, Outcome = Outcomes.Success() }, Cancel));

        var fax = await rows.FindAsync(attempt.FaxId);
        Assert.Equal((JobState.Failed, OutcomeClass.Busy), (fax.State, fax.Outcome!.Class));
    }

    [Fact]
    public async Task Another_plugin_cannot_speak_of_the_attempt()
    {
        var rows = await OpenAsync();
        var attempt = await rows.BeginAsync("+1");

        Assert.False(await rows.Ledger.StatusAsync("q", attempt.Id, null, new FaxStatus { State = FaxState.Success, Outcome = Outcomes.Success() }, Cancel));

        Assert.Equal(JobState.Submitting, (await rows.FindAsync(attempt.FaxId)).State);
    }

    [Fact]
    public async Task A_trunk_of_two_channels_takes_two()
    {
        var rows = await OpenAsync();
        for (var i = 0; i < 6; i++) await rows.AcceptAsync($"+{i}");
        var claimed = await rows.ClaimAsync();

        var starts = await Task.WhenAll(claimed.Select(fax => rows.Ledger.BeginAsync(fax.Lease, Pin, new BackendLimits(2, null), true, 0, 1, Cancel)));

        Assert.Equal(2, starts.Count(start => start.Attempt is not null));
        Assert.Equal(4, starts.Count(start => start.IsTrunkFull));
    }

    [Fact]
    public async Task A_trunk_of_one_call_a_second_takes_one_a_second()
    {
        var rows = await OpenAsync();
        for (var i = 0; i < 3; i++) await rows.AcceptAsync($"+{i}");
        var claimed = await rows.ClaimAsync();
        var limits = new BackendLimits(null, 1);

        async Task<bool> StartsAsync(int fax) => (await rows.Ledger.BeginAsync(claimed[fax].Lease, Pin, limits, true, 0, 1, Cancel)).Attempt is not null;
        Assert.True(await StartsAsync(0));
        Assert.False(await StartsAsync(1));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await StartsAsync(1));
        Assert.False(await StartsAsync(2));
    }

    [Fact]
    public async Task What_calls_show_of_a_number_is_kept()
    {
        var rows = await OpenAsync();
        var busy = await rows.BeginAsync("+1");
        await rows.Ledger.DialAsync(busy.Id, Cancel);
        await rows.Ledger.EndAsync(busy.Id, Outcomes.Of(OutcomeClass.Dead), null, Cancel);

        await using var connection = await rows.Database.OpenAsync(Cancel);
        var number = await NumberBook.FindAsync(connection, null, "+1");

        Assert.Equal((1, _time.GetUtcNow().ToUnixTimeMilliseconds(), true), (number.WindowDials, number.DeadAt, number.IsDead(rows.Retries, _time.GetUtcNow())));
    }

    [Fact]
    public async Task What_was_seen_is_an_event_while_the_attempt_is_open()
    {
        var rows = await OpenAsync();
        var attempt = await rows.BeginAsync("+1");
        await rows.Ledger.NoteAsync(attempt.Id, "fax.answered", new { Medium = FaxMedium.T38 }, Cancel);
        await rows.Ledger.EndAsync(attempt.Id, Outcomes.Success(), null, Cancel);
        await rows.Ledger.NoteAsync(attempt.Id, "fax.answered", null, Cancel);

        var events = await rows.Jobs.EventsAsync(0, attempt.FaxId, null, 100, Cancel);

        Assert.Equal(["fax.queued", "fax.preparing", "fax.submitting", "fax.answered", "fax.success"], events.Select(one => one.Type));
        Assert.Contains("\"t38\"", events[3].Data, StringComparison.Ordinal);
    }

    private async Task<GatewayRows> OpenAsync() => new(await store.OpenEmptyAsync(), _time, "g1");
}
