namespace Faxbot.Server.Startup;

/// <summary>Gives back to the machine what only the start needed, when that is over: the runtime itself does so only under load, which most gateways seldom have.</summary>
internal sealed class StartGarbage(TimeProvider time) : BackgroundService
{
    // Plugins are up by then.
    private static readonly TimeSpan StartIsOver = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(StartIsOver, time, stoppingToken);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
