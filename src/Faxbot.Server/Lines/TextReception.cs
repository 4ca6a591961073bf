using Faxbot.Lines;
using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Numbers;

namespace Faxbot.Server.Lines;

/// <summary>Brings text messages that come in over trunks, and notices on those that went out, to the gateway's messages. Thread-safe.</summary>
internal sealed partial class TextReception(IMessageInbox inbox, TimeProvider time, ILogger<TextReception> logger) : IMessageRecipient
{
    public Task<bool> ReceiveAsync(IncomingText text, CancellationToken cancel) => KeepAsync(text.Trunk.Holder, () => inbox.ReceiveAsync(
        text.Trunk.Holder, new ReceivedMessage(text.Id, time.GetUtcNow(), new PhoneNumber(text.From), new PhoneNumber(text.To), text.Text), cancel));

    public Task<bool> ReportAsync(DeliveryNotice notice, CancellationToken cancel) => KeepAsync(notice.Trunk.Holder, () => inbox.ReportAsync(
        notice.Trunk.Holder,
        notice.Reference,
        new MessageStatus { State = notice.State, Reason = notice.State == MessageState.Undelivered ? "The far end says that it was not delivered." : null },
        cancel));

    // Whatever keeps it from the store, its sender still has it and is told to try again; whoever looks after the machine is told too.
    private async Task<bool> KeepAsync(string pluginId, Func<Task> keep)
    {
        try
        {
            await keep();
            return true;
        }
        catch (Exception refused) when (refused is not OperationCanceledException)
        {
            NotStored(logger, refused, pluginId);
            return false;
        }
    }

    [LoggerMessage(1595, LogLevel.Error, "A text message that came in over the trunk of {PluginId} could not be stored; its sender was asked to try again")]
    private static partial void NotStored(ILogger logger, Exception why, string pluginId);
}
