using System.Data.Common;
using System.Text;
using Faxbot.Sdk.Messages;
using Faxbot.Server.Configuration;
using Faxbot.Server.Keys;
using Faxbot.Server.OptOuts;
using Faxbot.Server.Outbox;
using Faxbot.Server.Plugins;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Messages;

/// <summary>Text messages as a kind of the outbox: carried by plugins of category <c>messaging</c>.</summary>
internal sealed class MessageKind(Database database, MessageOptions options) : IOutboxKind
{
    public const string Message = "message";
    public const string Messaging = "messaging";

    public string Word => Message;

    public string Category => Messaging;

    public string ReadScope => Scopes.MessageRead;

    public OutboxRules Rules { get; } = new() { LongestWait = options.ReportWait };

    /// <summary>The text of an item.</summary>
    public static string TextOf(OutboxItem item) => Encoding.UTF8.GetString(item.Content);

    /// <summary>A text as an item has it.</summary>
    public static byte[] ContentOf(string text) => Encoding.UTF8.GetBytes(text);

    public async Task<OutboxTaken> SubmitAsync(IPluginBackend plugin, OutboxItem item, OutboxAttempt attempt, CancellationToken cancel)
    {
        var request = new MessageRequest { JobId = item.Id, AttemptId = attempt.Id, To = item.To, From = item.From, Text = TextOf(item) };
        var result = await plugin.CallAsync<MessageResult>("send_message", new() { ["message"] = request }, cancel);
        return new OutboxTaken(result.ProviderId, EstimatedCost: result.EstimatedCost);
    }

    public async Task<OutboxReport> LookUpAsync(IPluginBackend plugin, OutboxAttempt attempt, CancellationToken cancel)
    {
        var reference = new MessageReference { JobId = attempt.ItemId, AttemptId = attempt.Id, ProviderId = attempt.ProviderId };
        return ReportOf(await plugin.CallAsync<MessageStatus>("get_message_status", new() { ["message"] = reference }, cancel));
    }

    public async Task<IReadOnlyDictionary<string, OutboxOutcome>> RefuseAsync(DbTransaction transaction, IReadOnlyList<OutboxItem> items)
    {
        var listed = await OptOutBook.AmongAsync(transaction, database.Dialect, [.. items.Select(item => item.To.Value).Distinct()]);
        return items.Where(item => !item.Options.IsReply && listed.Contains(item.To.Value)).ToDictionary(item => item.Id, _ => OptedOut);
    }

    /// <summary>A plugin's word on a message in the outbox's.</summary>
    public static OutboxReport ReportOf(MessageStatus status) => new()
    {
        Progress = status.State switch
        {
            MessageState.Accepted => OutboxProgress.Accepted,
            MessageState.Sent => OutboxProgress.Sent,
            MessageState.Delivered => OutboxProgress.Delivered,
            MessageState.Undelivered => OutboxProgress.Undelivered,
            MessageState.NeverSent => OutboxProgress.NeverSent,
            _ => OutboxProgress.Unknown,
        },
        Outcome = status.State == MessageState.Undelivered ? OutboxOutcome.Undelivered(status.Reason) with { ProviderCode = status.ProviderCode } : null,
        ProviderId = status.ProviderId,
        Cost = status.Cost,
    };

    private static OutboxOutcome OptedOut { get; } = OutboxOutcome.Forbidden("It was not sent: the receiver has opted out.", "Send nothing more there until they opt in again, by START or in your presence.");
}
