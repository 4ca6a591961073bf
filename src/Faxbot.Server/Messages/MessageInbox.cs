using System.Data.Common;
using Dapper;
using Faxbot.Sdk.Messages;
using Faxbot.Server.Audit;
using Faxbot.Server.Configuration;
using Faxbot.Server.Content;
using Faxbot.Server.Jobs;
using Faxbot.Server.OptOuts;
using Faxbot.Server.Outbox;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Messages;

/// <summary>
/// What comes in, from webhooks and lines: messages, once each, and reports on those that went out. The words of opting out are honoured in the
/// transaction that keeps the message. Thread-safe. What a method wrote is durable when it returns.
/// </summary>
internal sealed class MessageInbox(
    Database database, SecretBox seal, OutboxStore outbox, OutboxLedger ledger, OutboxSignal signal, AuditLog audit, MessageOptions options, TimeProvider time, ILogger<MessageInbox> logger)
{
    /// <summary>The owner of the answers to words of opting out: no API key.</summary>
    public const string Gateway = "gateway";

    /// <summary>Keeps a message; a second one with the same plugin and provider's id changes nothing.</summary>
    /// <returns>Whether it is new.</returns>
    public async Task<bool> ReceiveAsync(string pluginId, ReceivedMessage message, CancellationToken cancel)
    {
        var row = InboundMessageRow.Of(pluginId, message, seal, time.GetUtcNow());
        var isNew = await database.WriteAsync(
            async transaction =>
            {
                if (!await InsertAsync(transaction, row)) return false;
                await HonourAsync(transaction, row, message);
                return true;
            },
            cancel);
        if (!isNew) return false;
        signal.Set();
        logger.MessageReceived(row.Id, pluginId);
        return true;
    }

    /// <summary>What a provider or line says of a message that went out.</summary>
    public Task<bool> ReportAsync(string pluginId, string providerId, MessageStatus status, CancellationToken cancel) =>
        ledger.ReportAsync(pluginId, null, providerId, MessageKind.ReportOf(status), cancel);

    private async Task<bool> InsertAsync(DbTransaction transaction, InboundMessageRow row) => await transaction.Connection!.ExecuteAsync(
        $$"""
        {{database.Dialect.SharedLock(FaxMove.EventLock)}}
        insert into inbound_messages (id, plugin_id, provider_id, from_number, to_number, content, received_at, created_at)
        values (@Id, @PluginId, @ProviderId, @FromNumber, @ToNumber, @Content, @ReceivedAt, @CreatedAt)
        on conflict (plugin_id, provider_id) do nothing;
        insert into events (inbound_message_id, key_id, at, type, data) select id, '', created_at, 'message.received', '{}' from inbound_messages where id = @Id
        """,
        row,
        transaction) > 0;

    private async Task HonourAsync(DbTransaction transaction, InboundMessageRow row, ReceivedMessage message)
    {
        switch (OptOutWords.Read(message.Text))
        {
            case OptOutWord.Stop:
                var optOut = new OptOut { Number = message.From, Source = OptOutBook.ByMessage, MessageId = row.Id, CreatedAt = time.GetUtcNow() };
                if (!await OptOutBook.AddAsync(transaction, optOut, null)) return;
                await RecordAsync(transaction, AuditAction.OptOutAdded, row, message);
                await ReplyAsync(transaction, row, message, options.StopReply);
                return;
            case OptOutWord.Start when await OptOutBook.RemoveAsync(transaction, message.From.Value):
                await RecordAsync(transaction, AuditAction.OptOutRemoved, row, message);
                await ReplyAsync(transaction, row, message, options.StartReply);
                return;
            case OptOutWord.Help:
                await ReplyAsync(transaction, row, message, options.HelpReply);
                return;
        }
    }

    private Task RecordAsync(DbTransaction transaction, string action, InboundMessageRow row, ReceivedMessage message) =>
        audit.RecordAsync(transaction, new AuditEntry { Actor = row.PluginId, Action = action, Subject = message.From.ToString(), Detail = row.Id });

    // By the way that it came: from the number that was written to, over the plugin that received it.
    private async Task ReplyAsync(DbTransaction transaction, InboundMessageRow row, ReceivedMessage message, string? text)
    {
        if (text is null) return;
        await outbox.AddAsync(transaction, new NewOutboxItem
        {
            Kind = MessageKind.Message,
            KeyId = Gateway,
            To = message.From,
            From = message.To,
            Content = MessageKind.ContentOf(text),
            Options = new OutboxOptions { PluginId = row.PluginId, IsReply = true },
        });
    }
}
