using System.Globalization;
using Faxbot.Sdk.Messages;

namespace Faxbot.Flowroute.Sms;

/// <summary>Flowroute's delivery receipts. Those that were seen are known; a list of them is not published.</summary>
internal static class FlowrouteStatus
{
    private const int LaterReport = 2;

    /// <summary>What one receipt proves; null for words that are not known.</summary>
    public static MessageStatus? Of(FlowrouteReceipt receipt)
    {
        var state = receipt.Status switch
        {
            // At the hand-off, "delivered" can mean no more than delivered to the carrier.
            "delivered" => receipt.Level >= LaterReport ? MessageState.Delivered : MessageState.Sent,
            "message buffered" or "smsc submit" => MessageState.Sent,
            _ => (MessageState?)null,
        };
        return state is { } known ? new MessageStatus { State = known, ProviderCode = receipt.StatusCode?.ToString(CultureInfo.InvariantCulture) } : null;
    }

    /// <summary>What all receipts of a message prove together; without any, Flowroute has it and no more is known.</summary>
    public static MessageStatus Of(IReadOnlyList<FlowrouteReceipt> receipts)
    {
        if (receipts.Count == 0) return new MessageStatus { State = MessageState.Accepted };
        // In the order of what they prove: a word that is not known proves nothing, and takes nothing back.
        return receipts.Select(Of).OfType<MessageStatus>().MaxBy(status => status.State) ?? new MessageStatus { State = MessageState.Unknown };
    }
}
