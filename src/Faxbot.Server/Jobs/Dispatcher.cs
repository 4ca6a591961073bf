using Faxbot.Server.Plugins;

namespace Faxbot.Server.Jobs;

/// <summary>Runs the rounds of <see cref="DispatchPump"/> as long as the gateway lives: when something happened to a fax, and when the next thing is due.</summary>
internal sealed class Dispatcher(
    DispatchPump pump, IFaxBackends backends, JobSignal signal, DispatchOptions options, TimeProvider time, ILogger<Dispatcher> logger) : BackgroundService
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
        while (!stoppingToken.IsCancellationRequested) await RoundAsync(claims: true, DateTimeOffset.MaxValue, stoppingToken);
        await StopInOrderAsync();
    }

    // What was not submitted goes back at once, calls under way go on for a while, what is left then is found out by the next life.
    private async Task StopInOrderAsync()
    {
        pump.GiveUp();
        var end = time.GetUtcNow() + options.Drain;
        try
        {
            while (time.GetUtcNow() < end && await pump.IsBusyAsync(CancellationToken.None)) await RoundAsync(claims: false, end, CancellationToken.None);
        }
        finally
        {
            pump.Abort();
            await pump.SettleAsync();
        }
    }

    private async Task RoundAsync(bool claims, DateTimeOffset end, CancellationToken stop)
    {
        var pause = Task.Delay(options.BetweenRounds, time, stop);
        var changed = signal.NextWork;
        DateTimeOffset next;
        try
        {
            next = await pump.RoundAsync(claims, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e)
        {
            // The job runner's own boundary: a database that is gone comes back, and the faxes with it.
            logger.RoundFailed(e);
            next = time.GetUtcNow() + PauseAfterError;
            changed = Never;
        }

        await WaitAsync(changed, next < end ? next : end, stop);
        await pause.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task WaitAsync(Task changed, DateTimeOffset next, CancellationToken stop)
    {
        var wait = next - time.GetUtcNow();
        if (wait <= TimeSpan.Zero) return;
        using var done = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await Task.WhenAny(changed, Task.Delay(wait < LongestWait ? wait : LongestWait, time, done.Token));
        await done.CancelAsync();
    }
}
