using System.Collections.Concurrent;
using Faxbot.Server.Jobs;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Outbox;

/// <summary>
/// What a gateway does for the outbox, round by round: keeps its leases, takes over those of dead gateways, asks about items, lets items past plugins that
/// have room, begins attempts and hands them over. One caller at a time.
/// </summary>
internal sealed class OutboxPump(
    Database database, OutboxQueue queue, OutboxClaim claim, OutboxHandOver handOver, OutboxWatch watch, OutboxWakes wakes, OutboxSignal signal, OutboxWork work,
    TimeProvider time, ILogger<OutboxPump> logger) : IPump, IDisposable
{
    private const int LeaseParts = 3;
    private readonly ConcurrentDictionary<string, Task> _handedOver = [];
    private readonly ConcurrentDictionary<string, Task> _asked = [];
    private readonly CancellationTokenSource _abort = new();
    private DateTimeOffset _leasesAt;

    /// <summary>This life of this gateway: a new one each time, so that what an earlier life left is told from what this one has.</summary>
    public string Gateway { get; } = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");

    public string Queue => "outbox";

    public Task Changed => signal.Next;

    public TimeSpan BetweenRounds => work.BetweenRounds;

    public TimeSpan Drain => work.Drain;

    public Task<bool> IsBusyAsync(CancellationToken cancel) => Task.FromResult(!_handedOver.IsEmpty);

    public async Task<DateTimeOffset> RoundAsync(bool begins, CancellationToken cancel)
    {
        if (time.GetUtcNow() >= _leasesAt) await KeepLeasesAsync(cancel);
        if (!begins) return _leasesAt;
        foreach (var watched in await watch.TakeDueAsync(Gateway, work.MostLookUps - _asked.Count, cancel))
            Start(_asked, watched.Item.Id, () => watch.AskAsync(watched, _abort.Token));
        var free = work.MostAtOnce - _handedOver.Count;
        var next = Earlier(_leasesAt, await wakes.WakeAsync(work.MostAtOnce, cancel));
        // Where none is free, the end of one begins the next round.
        if (free <= 0) return next;
        var begun = await claim.RunAsync(Gateway, work.Lease, free, cancel);
        foreach (var attempt in begun) Start(_handedOver, attempt.Item.Id, () => handOver.RunAsync(attempt, _abort.Token));
        if (begun.Count == free) return next;
        return await queue.NextDueAsync(cancel) is { } due ? Earlier(next, due) : next;
    }

    public async Task SettleAsync()
    {
        while (!_handedOver.IsEmpty || !_asked.IsEmpty) await Task.WhenAll([.. _handedOver.Values, .. _asked.Values]);
    }

    public void Abort() => _abort.Cancel();

    public void Dispose() => _abort.Dispose();

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private async Task KeepLeasesAsync(CancellationToken cancel)
    {
        await queue.RenewAsync(Gateway, work.Lease, cancel);
        foreach (var lost in await queue.LeftBehindAsync(Gateway, _handedOver.ContainsKey, cancel)) await queue.DoubtAsync(lost, cancel);
        if (await queue.TakeOverAsync(Gateway, work.Lease, cancel) is > 0 and var taken) logger.ItemsTakenOver(taken);
        await database.WriteAsync(transaction => EarlyReports.ForgetAsync(transaction, time.GetUtcNow() - work.EarlyReportMemory), cancel, Durability.WithNext);
        _leasesAt = time.GetUtcNow() + (work.Lease / LeaseParts);
    }

    private void Start(ConcurrentDictionary<string, Task> tasks, string itemId, Func<Task> act)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!tasks.TryAdd(itemId, started.Task)) return;
        _ = Task.Run(async () =>
        {
            try
            {
                await act();
            }
            catch (OperationCanceledException) when (_abort.IsCancellationRequested)
            {
                // The gateway ends; what it leaves is found out by the next.
            }
            catch (Exception e)
            {
                // The job runner's own boundary: what it left lying is found with the leases, and found out.
                logger.ItemHandlingFailed(e, itemId);
            }
            finally
            {
                tasks.TryRemove(itemId, out _);
                started.SetResult();
                signal.SetOwn();
            }
        });
    }
}
