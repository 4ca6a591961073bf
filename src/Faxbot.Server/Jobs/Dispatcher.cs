using Faxbot.Server.Plugins;

namespace Faxbot.Server.Jobs;

/// <summary>Runs the rounds of a pump as long as the gateway lives: when something happened, and when the next thing is due.</summary>
internal sealed class Dispatcher(IPump pump, IFaxBackends backends, TimeProvider time, ILogger<Dispatcher> logger) : BackgroundService
{
    private static readonly Task Never = new TaskCompletionSource().Task;
    private static readonly TimeSpan PauseAfterError = TimeSpan.FromSeconds(1);
    // As long as a plugin may take to start: until then nobody is told that none is ready.
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(30);

    /// <summary>After so long it looks of itself: a timer takes no longer spans, and plugins become ready without a word.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await backends.SettleAsync(StartPatience, stoppingToken);
        while (!stoppingToken.IsCancellationRequested) await RoundAsync(begins: true, DateTimeOffset.MaxValue, stoppingToken);
        await StopInOrderAsync();
    }

    // What has not left goes back at once, what is under way goes on for a while, what is left then is found out by the next life.
    private async Task StopInOrderAsync()
    {
        pump.GiveUp();
        var end = time.GetUtcNow() + pump.Drain;
        try
        {
            while (time.GetUtcNow() < end && await pump.IsBusyAsync(CancellationToken.None)) await RoundAsync(begins: false, end, CancellationToken.None);
        }
        finally
        {
            pump.Abort();
            await pump.SettleAsync();
        }
    }

    private async Task RoundAsync(bool begins, DateTimeOffset end, CancellationToken stop)
    {
        var pause = Task.Delay(pump.BetweenRounds, time, stop);
        var changed = pump.Changed;
        var latest = time.GetUtcNow() + LongestWait;
        DateTimeOffset next;
        try
        {
            next = await pump.RoundAsync(begins, stop);
            if (next > latest) next = latest;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e)
        {
            // The job runner's own boundary: a database that is gone comes back, and what waits in it.
            logger.RoundFailed(e, pump.Queue);
            next = time.GetUtcNow() + PauseAfterError;
            changed = Never;
        }

        using var done = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await Task.WhenAny(changed, time.DelayUntil(next < end ? next : end, LongestWait, done.Token));
        await done.CancelAsync();
        await pause.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
