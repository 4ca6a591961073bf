using Faxbot.Server.Lines.Media;

namespace Faxbot.Server.Lines;

/// <summary>Brings what an earlier run received into the inbox, remembers who calls how, and opens the lines; at the end lets calls under way go on for a while.</summary>
internal sealed class LineLife(LineHub lines, InboundSpool spool, MediaMemory media) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await spool.RecoverAsync(cancellationToken);
        await media.LoadCallersAsync(cancellationToken);
        lines.Start();
    }

    public Task StopAsync(CancellationToken cancellationToken) => lines.StopAsync(cancellationToken);
}
