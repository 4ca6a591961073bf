using System.Collections.Concurrent;
using Faxbot.Sdk.Faxes;
using Faxbot.Server.Plugins;

namespace Faxbot.Server.Jobs;

/// <summary>
/// The attempts of this gateway that are under way. Most ends come by themselves, from a line or by webhook; the watch asks for those that do not, and
/// calls an attempt unknown when nobody can tell. Thread-safe.
/// </summary>
internal sealed class AttemptWatch(AttemptLedger ledger, IFaxBackends backends, DispatchOptions options, TimeProvider time, ILogger<AttemptWatch> logger)
{
    private const double Slower = 1.5;
    private readonly ConcurrentDictionary<string, WatchedAttempt> _watched = [];

    /// <summary>When an attempt is to be asked about next; null when none is watched.</summary>
    public DateTimeOffset? NextAt => _watched.Values.Min(watched => (DateTimeOffset?)watched.NextAt);

    /// <summary>Whether an attempt of that fax is watched.</summary>
    public bool Holds(string faxId) => _watched.ContainsKey(faxId);

    /// <summary>Watches an attempt that the provider or line has.</summary>
    public void Follow(FaxAttempt attempt, int pages)
    {
        var pause = attempt.OnlyLine ? options.FirstPollOfLine : options.FirstPoll;
        Add(new WatchedAttempt(attempt, pages, options.Grace) { NextAt = time.GetUtcNow() + pause, Pause = pause });
    }

    /// <summary>Watches an attempt of which it is not known whether anybody has it; it is asked about at once.</summary>
    public void FindOut(FaxAttempt attempt, int pages, TimeSpan grace) =>
        Add(new WatchedAttempt(attempt, pages, grace) { NextAt = time.GetUtcNow(), Pause = options.FirstPoll });

    /// <summary>Those to be asked about now; each is given once until it was asked about.</summary>
    public IReadOnlyList<WatchedAttempt> TakeDue()
    {
        var now = time.GetUtcNow();
        var due = _watched.Values.Where(watched => watched.NextAt <= now).ToArray();
        foreach (var watched in due) watched.NextAt = DateTimeOffset.MaxValue;
        return due;
    }

    /// <summary>Asks how far it is and writes what is told.</summary>
    public async Task AskAsync(WatchedAttempt watched, CancellationToken cancel)
    {
        // Until this has gone well it is due again: an error on the way must not end the watch.
        var next = time.GetUtcNow() + watched.Pause;
        try
        {
            if (await ledger.FindAsync(watched.Attempt.Id, cancel) is not { EndedAt: null } attempt || await EndsAsync(watched, attempt, cancel)) Remove(watched);
            watched.Pause = Shorter(watched.Pause * Slower, options.LongestPoll);
        }
        finally
        {
            // Doubt that is about to become certainty is looked at in time.
            var judgement = watched.DoubtSince + watched.Grace;
            watched.NextAt = judgement > time.GetUtcNow() && judgement < next ? judgement.Value : next;
        }
    }

    /// <summary>The attempt of a fax that is not wanted any more, where that is to be passed on now: at once, and now and then as long as it is under way.</summary>
    public WatchedAttempt? TakeUnwanted(string faxId)
    {
        var now = time.GetUtcNow();
        if (!_watched.TryGetValue(faxId, out var watched) || watched.CancelAskedAt + options.Lease > now) return null;
        watched.CancelAskedAt = now;
        return watched;
    }

    /// <summary>Passes on that it is not wanted any more; it ends when its provider or line says so.</summary>
    public async Task CancelAsync(WatchedAttempt watched, CancellationToken cancel)
    {
        if (backends.Find(watched.Attempt.PluginId) is not { } backend) return;
        try
        {
            await backend.CancelFaxAsync(Reference(await ledger.FindAsync(watched.Attempt.Id, cancel) ?? watched.Attempt), cancel);
        }
        catch (PluginFailureException e)
        {
            logger.CancelFailed(e, watched.Attempt.PluginId, watched.Attempt.FaxId);
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static FaxReference Reference(FaxAttempt attempt) => new() { JobId = attempt.FaxId, AttemptId = attempt.Id, ProviderId = attempt.ProviderId };

    // A fax has one open attempt at most.
    private void Add(WatchedAttempt watched) => _watched[watched.Attempt.FaxId] = watched;

    private void Remove(WatchedAttempt watched) => _watched.TryRemove(KeyValuePair.Create(watched.Attempt.FaxId, watched));

    private async Task<bool> EndsAsync(WatchedAttempt watched, FaxAttempt attempt, CancellationToken cancel)
    {
        var status = await StatusAsync(attempt, cancel);
        var now = time.GetUtcNow();
        if (status is { State: not FaxState.Unknown })
        {
            var isUnderWay = status.State is FaxState.Queued or FaxState.InProgress;
            if (!isUnderWay || !attempt.IsTaken || (status.ProviderId is not null && attempt.ProviderId is null))
            {
                if (await ledger.StatusAsync(attempt.PluginId, attempt.Id, status.ProviderId, status, cancel) && !isUnderWay) return true;
            }

            if (isUnderWay)
            {
                watched.DoubtSince = null;
                return now >= attempt.SubmittedAt + options.LongestAttempt && await LoseAsync(watched, attempt, cancel);
            }
        }

        watched.DoubtSince ??= now;
        return now >= watched.DoubtSince + (status is null ? options.Patience : watched.Grace) && await LoseAsync(watched, attempt, cancel);
    }

    // Null: it could not be asked.
    private async Task<FaxStatus?> StatusAsync(FaxAttempt attempt, CancellationToken cancel)
    {
        if (backends.Find(attempt.PluginId) is not { IsReady: true } backend) return null;
        var canBeAsked = attempt.ProviderId is not null || attempt.OnlyLine || backend.Manifest.Traits.LookupByReference;
        if (!canBeAsked) return new FaxStatus { State = FaxState.Unknown };
        try
        {
            return await backend.GetStatusAsync(Reference(attempt), cancel);
        }
        catch (PluginFailureException e)
        {
            logger.StatusUntold(e, attempt.PluginId, attempt.FaxId);
            return null;
        }
    }

    private async Task<bool> LoseAsync(WatchedAttempt watched, FaxAttempt attempt, CancellationToken cancel)
    {
        var confirmed = attempt.Pages.Count(page => page.State == PageState.Confirmed);
        var perhaps = attempt.Pages.Count(page => page.State is PageState.Sending or PageState.Sent);
        await ledger.EndAsync(attempt.Id, GatewayOutcomes.Lost(confirmed, perhaps, watched.Pages - attempt.FirstPage), null, cancel);
        return true;
    }
}
