using System.Collections.Concurrent;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Jobs;

/// <summary>
/// What a gateway does for its faxes, round by round: keeps its leases, takes over those of dead gateways, passes wishes to cancel on, asks about
/// attempts, lets faxes past trunks that have room, claims and starts. One caller at a time.
/// </summary>
internal sealed class DispatchPump(
    Database database, JobQueue queue, FaxDispatch dispatch, AttemptWatch watch, LeaseRecovery recovery, TrunkWakes trunks,
    JobSignal signal, DispatchOptions options, TimeProvider time, ILogger<DispatchPump> logger) : IPump, IDisposable
{
    private const int LeaseParts = 3;
    private readonly ConcurrentDictionary<string, FaxHandler> _handlers = [];
    private readonly ConcurrentDictionary<Task, bool> _tasks = [];
    private readonly CancellationTokenSource _abort = new();
    private DateTimeOffset _leasesAt;

    /// <summary>This life of this gateway: a new one each time, so that what an earlier life left is told from what this one has.</summary>
    public string Gateway { get; } = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");

    public string Queue => "queue of faxes";

    public Task Changed => signal.NextWork;

    public TimeSpan BetweenRounds => options.BetweenRounds;

    public TimeSpan Drain => options.Drain;

    public async Task<DateTimeOffset> RoundAsync(bool begins, CancellationToken cancel)
    {
        if (time.GetUtcNow() >= _leasesAt)
        {
            await queue.RenewAsync(Gateway, options.Lease, cancel);
            await recovery.RunAsync(Gateway, faxId => _handlers.ContainsKey(faxId) || watch.Holds(faxId), cancel);
            await database.WriteAsync(transaction => EarlyStatuses.ForgetAsync(transaction, time.GetUtcNow() - options.EarlyStatusMemory), cancel);
            _leasesAt = time.GetUtcNow() + (options.Lease / LeaseParts);
        }

        foreach (var faxId in await queue.CancelRequestedAsync(Gateway, cancel)) Cancel(faxId);
        foreach (var watched in watch.TakeDue()) Start(watched.Attempt.FaxId, () => watch.AskAsync(watched, _abort.Token));
        var next = begins ? await ClaimAsync(cancel) : DateTimeOffset.MaxValue;
        return Earliest(next, _leasesAt, watch.NextAt);
    }

    /// <inheritdoc/>
    /// <remarks>Attempts under way go on.</remarks>
    public async Task SettleAsync()
    {
        while (!_tasks.IsEmpty) await Task.WhenAll(_tasks.Keys);
    }

    public async Task<bool> IsBusyAsync(CancellationToken cancel) => !_tasks.IsEmpty || await queue.HeldAsync(Gateway, cancel) > 0;

    /// <inheritdoc/>
    /// <remarks>That is what has not been submitted.</remarks>
    public void GiveUp()
    {
        foreach (var handler in _handlers.Values.Where(handler => !handler.IsSubmitted)) handler.GiveUp();
    }

    public void Abort() => _abort.Cancel();

    public void Dispose() => _abort.Dispose();

    private static DateTimeOffset Earliest(DateTimeOffset one, DateTimeOffset other, DateTimeOffset? third)
    {
        var earlier = one < other ? one : other;
        return third < earlier ? third.Value : earlier;
    }

    private async Task<DateTimeOffset> ClaimAsync(CancellationToken cancel)
    {
        var next = await trunks.WakeAsync(pluginId => _handlers.Values.Count(handler => handler.MayHeadFor(pluginId)), cancel);
        var free = Math.Min(options.MostPreparing - _handlers.Count, options.MostUnderWay - await queue.HeldAsync(Gateway, cancel));
        var claimed = await queue.ClaimAsync(Gateway, options.Lease, free, cancel);
        foreach (var fax in claimed) Handle(fax);
        // Where none is free, the end of a fax begins the next round.
        return claimed.Count < free ? Earliest(next, DateTimeOffset.MaxValue, await queue.NextDueAsync(cancel)) : next;
    }

    private void Handle(ClaimedFax fax)
    {
        var handler = new FaxHandler(fax);
        _handlers[fax.Job.Id] = handler;
        Start(fax.Job.Id, async () =>
        {
            try
            {
                await dispatch.RunAsync(handler, _abort.Token);
            }
            catch (Exception e) when (!handler.IsSubmitted && !_abort.IsCancellationRequested)
            {
                // The job runner's own boundary: an error of ours costs this fax one try and no other fax anything.
                logger.FaxHandlingFailed(e, fax.Job.Id);
                await dispatch.GiveBackAsync(handler, GatewayOutcomes.Local("An error of the gateway's own kept it back."));
            }
            finally
            {
                _handlers.TryRemove(fax.Job.Id, out _);
                handler.Dispose();
            }
        });
    }

    private void Cancel(string faxId)
    {
        if (_handlers.TryGetValue(faxId, out var handler) && !handler.IsSubmitted) handler.GiveUp();
        else if (watch.TakeUnwanted(faxId) is { } watched) Start(faxId, () => watch.CancelAsync(watched, _abort.Token));
    }

    private void Start(string faxId, Func<Task> work)
    {
        var task = Task.Run(async () =>
        {
            try
            {
                await work();
            }
            catch (OperationCanceledException) when (_abort.IsCancellationRequested)
            {
                // The gateway ends; what it leaves is found out by the next.
            }
            catch (Exception e)
            {
                // What it left lying is found by the recovery, as what a dead gateway left.
                logger.FaxHandlingFailed(e, faxId);
            }
        });
        _tasks[task] = true;
        task.ContinueWith(
            ended =>
            {
                _tasks.TryRemove(ended, out _);
                signal.Set();
            },
            TaskScheduler.Default);
    }
}
