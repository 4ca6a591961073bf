using Dapper;
using Faxbot.Sdk.Numbers;
using Faxbot.Sdk.Outcomes;
using Faxbot.Server.Jobs;
using Faxbot.Server.Tests.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Faxbot.Server.Tests.Jobs;

/// <summary>What the job tables do, alike on each kind of store.</summary>
public abstract class JobStoreContract(StoreUnderTest store)
{
    private static readonly FaxOutcome Refused = GatewayOutcomes.Forbidden("A rule forbids it.", "Change the rule.");
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_accepted_fax_reads_as_it_was_given()
    {
        var rows = await OpenAsync();
        var fax = await rows.AcceptAsync("+15550100", fax => fax with
        {
            From = new PhoneNumber("+15550101"), Priority = 3, Options = new JobOptions { Header = "Ward 7", Resume = false, MaxBitRate = 9600 },
        });

        var read = await rows.Jobs.FindAsync(fax.Id, "k1", Cancel);

        Assert.Equal(fax.Options, read!.Options);
        Assert.Equal(("+15550100", "+15550101", 3, JobState.Queued), (read.To.Value, read.From!.Value.Value, read.Priority, read.State));
        Assert.Equal(_time.GetUtcNow(), read.CreatedAt);
        Assert.Null(await rows.Jobs.FindAsync(fax.Id, "k2", Cancel));
    }

    [Fact]
    public async Task One_idempotency_key_makes_one_fax_and_serves_one_request()
    {
        var rows = await OpenAsync();
        var fax = new NewFax { KeyId = "k1", To = new PhoneNumber("+1"), Document = "d", SealedWith = "k", MediaType = "m", IdempotencyKey = "once", RequestHash = "a" };
        var jobs = rows.Jobs;

        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => jobs.AcceptAsync(fax, Cancel)));

        Assert.Single(all.Select(one => one.Job.Id).Distinct());
        Assert.Single(all, one => one.Kind == AcceptanceKind.Created);
        Assert.Equal(AcceptanceKind.Conflict, (await rows.Jobs.AcceptAsync(fax with { RequestHash = "b" }, Cancel)).Kind);
        Assert.Equal(AcceptanceKind.Created, (await rows.Jobs.AcceptAsync(fax with { KeyId = "k2" }, Cancel)).Kind);
    }

    [Fact]
    public async Task Faxes_that_are_accepted_at_once_are_each_there_with_one_event_and_their_documents_have_one_row_each()
    {
        var rows = await OpenAsync();
        var jobs = rows.Jobs;
        var faxes = Enumerable.Range(0, 200).Select(number => new NewFax
        {
            KeyId = "k1",
            To = new PhoneNumber($"+1{number}"),
            From = number % 3 == 0 ? null : new PhoneNumber("+49"),
            Document = $"d{number % 7}",
            SealedWith = number % 5 == 0 ? null : "k",
            MediaType = "m",
        });

        var accepted = await Task.WhenAll(faxes.Select(fax => Task.Run(() => jobs.AcceptAsync(fax, Cancel))));

        Assert.All(accepted, one => Assert.Equal(AcceptanceKind.Created, one.Kind));
        foreach (var one in accepted) Assert.Equivalent(one.Job, await jobs.FindAsync(one.Job.Id, "k1", Cancel));
        var events = await jobs.EventsAsync(0, null, null, 500, Cancel);
        Assert.Equal(accepted.Select(one => one.Job.Id).Order(), events.Select(happened => happened.Subject.Id).Order());
        await using var connection = await rows.Database.OpenAsync(Cancel);
        Assert.Equal(Enumerable.Range(0, 7).Select(number => $"d{number}"), await connection.QueryAsync<string>("select id from contents where key_id = 'k' order by id"));
    }

    [Fact]
    public async Task Only_what_is_due_soon_wakes_the_dispatcher_and_all_that_is_accepted_those_who_follow()
    {
        var rows = await OpenAsync();
        var (change, work) = (rows.Signal.Next, rows.Signal.NextWork);

        await rows.AcceptAsync("+1", fax => fax with { SendAt = _time.GetUtcNow().AddHours(1) });
        Assert.Equal((true, false), (change.IsCompleted, work.IsCompleted));
        await rows.AcceptAsync("+2", fax => fax with { SendAt = _time.GetUtcNow() + Dispatcher.LongestWait - TimeSpan.FromMilliseconds(1) });
        Assert.True(work.IsCompleted);
    }

    [Fact]
    public async Task Urgent_faxes_are_claimed_first_then_the_older_ones()
    {
        var rows = await OpenAsync();
        var old = await rows.AcceptAsync("+1");
        _time.Advance(TimeSpan.FromSeconds(1));
        var young = await rows.AcceptAsync("+2");
        _time.Advance(TimeSpan.FromSeconds(1));
        var urgent = await rows.AcceptAsync("+3", fax => fax with { Priority = 1 });

        Assert.Equal([urgent.Id, old.Id], (await rows.ClaimAsync(2)).Select(fax => fax.Job.Id));
        Assert.Equal([young.Id], (await rows.ClaimAsync(2)).Select(fax => fax.Job.Id));
        Assert.Empty(await rows.ClaimAsync());
    }

    [Fact]
    public async Task A_fax_for_later_is_claimed_at_its_time()
    {
        var rows = await OpenAsync();
        var fax = await rows.AcceptAsync("+1", fax => fax with { SendAt = _time.GetUtcNow().AddHours(1) });

        Assert.Empty(await rows.ClaimAsync());
        Assert.Equal(fax.DueAt, await rows.Queue.NextDueAsync(Cancel));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(fax.Id, Assert.Single(await rows.ClaimAsync()).Job.Id);
    }

    [Fact]
    public async Task One_call_at_a_time_goes_to_a_number()
    {
        var rows = await OpenAsync();
        var first = await rows.AcceptAsync("+1");
        _time.Advance(TimeSpan.FromSeconds(1));
        var second = await rows.AcceptAsync("+1");
        var claimed = Assert.Single(await rows.ClaimAsync());
        Assert.Equal(first.Id, claimed.Job.Id);
        Assert.Empty(await rows.ClaimAsync());

        await rows.Queue.EndAsync(claimed.Lease, Refused, Cancel);

        Assert.Equal(second.Id, Assert.Single(await rows.ClaimAsync()).Job.Id);
    }

    [Fact]
    public async Task Cancelling_the_next_in_line_lets_the_one_behind_it_through()
    {
        var rows = await OpenAsync();
        for (var i = 0; i < 3; i++) await rows.AcceptAsync("+1");
        var claimed = Assert.Single(await rows.ClaimAsync());
        Assert.Empty(await rows.ClaimAsync());
        await rows.Queue.EndAsync(claimed.Lease, Refused, Cancel);
        var ready = (await rows.Jobs.ListAsync(new JobQuery { States = [JobState.Queued] }, Cancel)).Jobs;

        await rows.Jobs.CancelAsync(ready[1].Id, "k1", Cancel);

        Assert.Equal(ready[0].Id, Assert.Single(await rows.ClaimAsync()).Job.Id);
    }

    [Fact]
    public async Task A_thousand_faxes_to_one_busy_number_keep_nobody_else_waiting()
    {
        var rows = await OpenAsync();
        await rows.AcceptAsync("+1");
        Assert.Single(await rows.ClaimAsync());
        for (var i = 0; i < 1000; i++) await rows.AcceptAsync("+1", fax => fax with { Priority = 5 });
        var other = await rows.AcceptAsync("+2");

        List<ClaimedFax> claimed = [];
        for (var i = 0; i < 20 && claimed.Count == 0; i++) claimed.AddRange(await rows.ClaimAsync(2));

        Assert.Equal(other.Id, Assert.Single(claimed).Job.Id);
    }

    [Fact]
    public async Task A_fax_behind_a_full_trunk_comes_back_when_the_trunk_is_free()
    {
        var rows = await OpenAsync();
        await rows.AcceptAsync("+1");
        var claimed = Assert.Single(await rows.ClaimAsync());
        Assert.True(await rows.Queue.ReturnAsync(claimed.Lease, _time.GetUtcNow(), "trunk-a", null, null, Cancel));

        Assert.Empty(await rows.ClaimAsync());
        Assert.Equal(["trunk-a"], await rows.Queue.AwaitedAsync(Cancel));
        Assert.Equal(1, await rows.Queue.WakeAsync("trunk-a", 5, Cancel));
        Assert.Single(await rows.ClaimAsync());
    }

    [Fact]
    public async Task A_waiting_fax_is_cancelled_at_once_and_stays_so()
    {
        var rows = await OpenAsync();
        var fax = await rows.AcceptAsync("+1");

        var cancelled = await rows.Jobs.CancelAsync(fax.Id, "k1", Cancel);
        _time.Advance(TimeSpan.FromMinutes(1));
        var again = await rows.Jobs.CancelAsync(fax.Id, "k1", Cancel);

        Assert.Equal(JobState.Cancelled, cancelled!.State);
        Assert.Equal(cancelled, again! with { Plan = cancelled.Plan });
        Assert.Null(await rows.Jobs.CancelAsync(fax.Id, "k2", Cancel));
        Assert.Empty(await rows.ClaimAsync());
    }

    [Fact]
    public async Task A_fax_cancelled_while_it_is_prepared_ends_where_it_would_be_put_back()
    {
        var rows = await OpenAsync();
        var fax = await rows.AcceptAsync("+1");
        var claimed = Assert.Single(await rows.ClaimAsync());

        Assert.Equal(JobState.Preparing, (await rows.Jobs.CancelAsync(fax.Id, "k1", Cancel))!.State);
        Assert.Equal([fax.Id], await rows.Queue.CancelRequestedAsync(rows.Gateway, Cancel));
        Assert.True(await rows.Queue.ReturnAsync(claimed.Lease, _time.GetUtcNow(), null, null, null, Cancel));

        Assert.Equal(JobState.Cancelled, (await rows.FindAsync(fax.Id)).State);
    }

    [Fact]
    public async Task Lists_show_the_newest_first_and_only_what_was_asked_for()
    {
        var rows = await OpenAsync();
        for (var i = 0; i < 5; i++)
        {
            await rows.AcceptAsync($"+1555010{i}", fax => fax with { KeyId = i % 2 == 0 ? "even" : "odd" });
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        var even = await rows.Jobs.ListAsync(new JobQuery { KeyId = "even", Limit = 2 }, Cancel);

        Assert.Equal(["+15550104", "+15550102"], even.Jobs.Select(fax => fax.To.Value));
        Assert.Equal(3, even.Total);
        Assert.Equal("+15550103", Assert.Single((await rows.Jobs.ListAsync(new JobQuery { ToNumber = "103" }, Cancel)).Jobs).To.Value);
        Assert.Empty((await rows.Jobs.ListAsync(new JobQuery { ToNumber = "%" }, Cancel)).Jobs);
        // From an instant on, up to before another one.
        var (from, until) = (even.Jobs[1].CreatedAt, even.Jobs[0].CreatedAt);
        var between = await rows.Jobs.ListAsync(new JobQuery { KeyId = "even", CreatedFrom = from, CreatedUntil = until }, Cancel);
        Assert.Equal(even.Jobs[1].Id, Assert.Single(between.Jobs).Id);
        Assert.Empty((await rows.Jobs.ListAsync(new JobQuery { CreatedUntil = DateTimeOffset.MinValue }, Cancel)).Jobs);
        Assert.Empty((await rows.Jobs.ListAsync(new JobQuery { CreatedFrom = DateTimeOffset.MaxValue }, Cancel)).Jobs);
        Assert.Empty((await rows.Jobs.ListAsync(new JobQuery { States = [JobState.Success] }, Cancel)).Jobs);
    }

    [Fact]
    public async Task Who_follows_events_while_many_write_misses_none()
    {
        var rows = await OpenAsync();
        var writers = Task.WhenAll(Enumerable.Range(0, 6).Select(async writer =>
        {
            for (var i = 0; i < 10; i++) await rows.AcceptAsync($"+{writer}{i}");
        }));

        List<long> seen = [];
        for (var complete = false; !complete;)
        {
            complete = writers.IsCompleted;
            seen.AddRange((await rows.Jobs.EventsAsync(seen.LastOrDefault(), null, null, 7, Cancel)).Select(one => one.Id));
            complete &= seen.Count >= 60;
        }

        await writers;
        Assert.Equal(60, seen.Count);
        Assert.Equal(seen.Order(), seen);
    }

    private async Task<GatewayRows> OpenAsync() => new(await store.OpenEmptyAsync(), _time, "g1");
}
