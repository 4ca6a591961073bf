using Faxbot.Sdk.Faxes;

namespace Faxbot.Server.Inbound;

/// <summary>Takes note of faxes that wait at a provider, and has them fetched. Thread-safe.</summary>
internal interface IInboundNotices
{
    /// <summary>Keeps the notices; when it returns they are durable, and the faxes are fetched whatever becomes of this process. The same notice twice is one.</summary>
    Task KeepAsync(string pluginId, IReadOnlyList<InboundNotice> notices, CancellationToken cancel);
}
