using Faxbot.Sdk.Messages;
using Faxbot.Server.Lines;
using Faxbot.Server.Outbox;

namespace Faxbot.Server.Messages;

/// <inheritdoc/>
/// <remarks>What a line sends has the id of its attempt for a provider's id.</remarks>
internal sealed class LineMessages(MessageInbox inbox, OutboxStore outbox, OutboxLedger ledger) : IMessageInbox
{
    public async Task<bool> IsUnderWayAsync(string pluginId, MessageRequest message, CancellationToken cancel) =>
        await outbox.FindAsync(MessageKind.Message, message.JobId, null, cancel) is { } item && item.To == message.To && MessageKind.TextOf(item) == message.Text
        && (await outbox.AttemptsAsync(item.Id, cancel)).Any(attempt => attempt.Id == message.AttemptId && attempt.PluginId == pluginId && attempt.EndedAt is null);

    public Task ReceiveAsync(string pluginId, ReceivedMessage message, CancellationToken cancel) => inbox.ReceiveAsync(pluginId, message, cancel);

    public Task ReportAsync(string pluginId, string attemptId, MessageStatus status, CancellationToken cancel) =>
        ledger.ReportAsync(pluginId, attemptId, attemptId, MessageKind.ReportOf(status), cancel);
}
