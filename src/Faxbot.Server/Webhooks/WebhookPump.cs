using System.Data.Common;
using Faxbot.Server.Jobs;

namespace Faxbot.Server.Webhooks;

/// <summary>Keeps feed and courier going while the gateway runs. A database that is away is waited for.</summary>
internal sealed partial class WebhookPump(IJobBook jobs, WebhookFeed feed, WebhookCourier courier, WebhookPolicy policy, TimeProvider time, ILogger<WebhookPump> log)
    : BackgroundService
{
    // Other gateways' events and ends of leases are seen so late at the latest.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ForgetEvery = TimeSpan.FromHours(1);
    private readonly HashSet<Task> _under = [];
    private DateTimeOffset _forgetAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var pause = Task.Delay(policy.BetweenRounds, time, stoppingToken);
                var changed = jobs.ChangedAsync(stoppingToken);
                var latest = time.GetUtcNow() + LongestPause;
                await RoundAsync(stoppingToken);
                await PauseAsync(changed, latest, stoppingToken);
                await pause;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (DbException e)
            {
                DatabaseAway(e);
                await Task.Delay(LongestPause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await Task.WhenAll(_under).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task RoundAsync(CancellationToken cancel)
    {
        while (await feed.AdvanceAsync(cancel))
        {
        }

        foreach (var ended in _under.Where(task => task.IsCompleted).ToArray())
        {
            _under.Remove(ended);
            await ended;
        }

        var room = policy.MostAtOnce - _under.Count;
        if (room > 0 && await courier.NextAsync(cancel) <= time.GetUtcNow())
        {
            foreach (var endpoint in await courier.ClaimAsync(room, cancel)) _under.Add(courier.DeliverAsync(endpoint, cancel));
        }

        if (time.GetUtcNow() < _forgetAt) return;
        _forgetAt = time.GetUtcNow() + ForgetEvery;
        await feed.ForgetAsync(time.GetUtcNow() - policy.KeepDeliveries, cancel);
    }

    private async Task PauseAsync(Task changed, DateTimeOffset latest, CancellationToken cancel)
    {
        var next = _under.Count < policy.MostAtOnce ? await courier.NextAsync(cancel) : null;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await Task.WhenAny([.. _under, changed, time.DelayUntil(next < latest ? next.Value : latest, LongestPause, over.Token)]);
        await over.CancelAsync();
        cancel.ThrowIfCancellationRequested();
    }

    [LoggerMessage(1321, LogLevel.Warning, "Webhooks wait for the database")]
    private partial void DatabaseAway(Exception exception);
}
