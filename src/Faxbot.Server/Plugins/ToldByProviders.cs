using Faxbot.Sdk.Webhooks;
using Faxbot.Server.Inbound;
using Faxbot.Server.Jobs;
using Faxbot.Server.Messages;

namespace Faxbot.Server.Plugins;

/// <summary>Keeps what a provider's webhook told, each part where it belongs. Thread-safe; durable when it returns.</summary>
internal sealed class ToldByProviders(AttemptLedger attempts, IInboundNotices faxes, MessageInbox messages, MessageNotices notices)
{
    public async Task KeepAsync(string pluginId, WebhookResult told, CancellationToken cancel)
    {
        foreach (var (providerId, status) in told.Faxes) await attempts.StatusAsync(pluginId, null, providerId, status, cancel);
        foreach (var (providerId, status) in told.Messages) await messages.ReportAsync(pluginId, providerId, status, cancel);
        if (told.InboundFaxes.Count > 0) await faxes.KeepAsync(pluginId, told.InboundFaxes, cancel);
        foreach (var message in told.InboundMessages) await messages.ReceiveAsync(pluginId, message, cancel);
        await notices.KeepAsync(pluginId, told.InboundMessageIds, cancel);
    }
}
