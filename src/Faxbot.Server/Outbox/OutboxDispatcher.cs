using Faxbot.Server.Plugins;

namespace Faxbot.Server.Outbox;

/// <summary>Runs the rounds of <see cref="OutboxPump"/> as long as the gateway lives: when something happened to an item, and when the next thing is due.</summary>
internal sealed class OutboxDispatcher(OutboxPump pump, IFaxBackends backends, OutboxSignal signal, OutboxWork work, TimeProvider time, ILogger<OutboxDispatcher> logger)
    : BackgroundService
{
    private static readonly Task Never = new TaskCompletionSource().Task;
    private static readonly TimeSpan PauseAfterError = TimeSpan.FromSeconds(1);
    // As long as a plugin may take to start: until then nobody is told that none is ready.
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(30);
    // A timer takes no longer spans, and plugins become ready without a word.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await backends.SettleAsync(StartPatience, stoppingToken);
        while (!stoppingToken.IsCancellationRequested) await RoundAsync(begins: true, DateTimeOffset.MaxValue, stoppingToken);
        await StopInOrderAsync();
    }

    // What is being handed over goes on for a while; what is left then is found out by the next life.
    private async Task StopInOrderAsync()
    {
        var end = time.GetUtcNow() + work.Drain;
        try
        {
            while (time.GetUtcNow() < end && pump.IsBusy) await RoundAsync(begins: false, end, CancellationToken.None);
        }
        finally
        {
            pump.Abort();
            await pump.SettleAsync();
        }
    }

    private async Task RoundAsync(bool begins, DateTimeOffset end, CancellationToken stop)
    {
        var pause = Task.Delay(work.BetweenRounds, time, stop);
        var changed = signal.Next;
        DateTimeOffset next;
        try
        {
            next = await pump.RoundAsync(begins, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e)
        {
            // The job runner's own boundary: a database that is gone comes back, and the items with it.
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
