using Faxbot.Sdk.Http;
using Faxbot.Sdk.Messages;

namespace Faxbot.Telnyx.Sms;

/// <summary>Telnyx' words for what became of a message.</summary>
internal static class TelnyxStatus
{
    /// <summary>What is known of a message to one recipient; null when Telnyx says something that is not known, or nothing.</summary>
    public static MessageStatus? Of(TelnyxMessage message)
    {
        var status = message.To is [{ Status: { } word }, ..] ? Of(word, message.Errors is [{ Code: var code }, ..] ? code : null) : null;
        return status is null ? null : status with { Cost = message.Paid };
    }

    private static MessageStatus? Of(string word, string? errorCode) => word switch
    {
        "queued" or "sending" => new MessageStatus { State = MessageState.Accepted },
        "sent" => new MessageStatus { State = MessageState.Sent },
        "delivered" => new MessageStatus { State = MessageState.Delivered },
        // Final all the same: Telnyx waits no longer for the carrier's word.
        "delivery_unconfirmed" => new MessageStatus { State = MessageState.Unknown, Reason = "It was sent, and the carrier never said whether it was delivered.", ProviderCode = word },
        "sending_failed" or "delivery_failed" or "expired" => ProviderCode.Undelivered("Telnyx", TelnyxCodes.All, errorCode),
        _ => null,
    };
}
