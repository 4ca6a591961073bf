using System.Data.Common;

namespace Faxbot.Server.Content;

/// <summary>Sweeps at the start and each hour, then seals again what an older key sealed.</summary>
internal sealed class RetentionSweep(Retention retention, TimeProvider time, ILogger<RetentionSweep> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            await SweepAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task SweepAsync(CancellationToken cancel)
    {
        try
        {
            var swept = await retention.SweepAsync(cancel);
            if (swept != new SweepResult()) ContentLog.Swept(log, swept.Faxes, swept.Events, swept.Inbound, swept.Renderings, swept.Contents);
            if (swept.Orphans > 0) ContentLog.OrphansDeleted(log, swept.Orphans);
            var failed = await retention.ResealAsync(cancel);
            if (failed > 0) ContentLog.NotResealed(log, failed);
        }
        catch (Exception e) when (e is DbException or IOException or UnauthorizedAccessException or ContentException or KeyRingException)
        {
            // Database or disk are away: what is over can wait for the next hour.
            ContentLog.SweepFailed(log, e);
        }
    }
}
