namespace Faxbot.Server.Lines;

/// <summary>Brings what an earlier run received into the inbox and opens the lines; at the end lets calls under way go on for a while.</summary>
internal sealed class LineLife(LineHub lines, InboundSpool spool) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await spool.RecoverAsync(cancellationToken);
        lines.Start();
    }

    public Task StopAsync(CancellationToken cancellationToken) => lines.StopAsync();
}
