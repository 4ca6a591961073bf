using Faxbot.Sdk.Faxes;
using Faxbot.Server.Inbound;

namespace Faxbot.Server.Tests.Api;

/// <summary>Keeps notices of faxes that wait at a provider, for a test to look at.</summary>
internal sealed class KeptNotices : IInboundNotices
{
    public List<InboundNotice> All { get; } = [];

    public Task KeepAsync(string pluginId, IReadOnlyList<InboundNotice> notices, CancellationToken cancel)
    {
        All.AddRange(notices);
        return Task.CompletedTask;
    }
}
