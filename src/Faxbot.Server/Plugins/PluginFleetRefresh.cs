using System.Data.Common;
using Faxbot.Server.Plugins.Install;

namespace Faxbot.Server.Plugins;

/// <summary>Starts the plugins with the gateway, and applies what other gateways change in their settings.</summary>
internal sealed class PluginFleetRefresh(PluginFleet fleet, PluginInstaller installer, PluginOptions options, ILogger<PluginFleetRefresh> logger, TimeProvider time) : BackgroundService
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        installer.Sweep();
        await fleet.RescanAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Times.Refresh, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await fleet.RefreshAsync(stoppingToken);
            }
            catch (DbException e)
            {
                // The database is away; what runs goes on.
                PluginEvents.RefreshFailed(logger, e);
            }
        }
    }
}
