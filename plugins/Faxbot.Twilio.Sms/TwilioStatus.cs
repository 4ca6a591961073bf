using Faxbot.Sdk.Http;
using Faxbot.Sdk.Messages;
using Faxbot.Twilio.Common;

namespace Faxbot.Twilio.Sms;

/// <summary>Twilio's words for what became of a message.</summary>
internal static class TwilioStatus
{
    /// <summary>What a word means; null for one that is not known, as Twilio adds some without notice.</summary>
    /// <param name="word">The word.</param>
    /// <param name="errorCode">The code of the error; null or empty without one.</param>
    public static MessageStatus? Of(string word, string? errorCode) => word switch
    {
        "accepted" or "scheduled" or "queued" or "sending" => new MessageStatus { State = MessageState.Accepted },
        // The nearest carrier took it, and that is all that is known.
        "sent" => new MessageStatus { State = MessageState.Sent },
        "delivered" or "read" => new MessageStatus { State = MessageState.Delivered },
        "undelivered" or "failed" => ProviderCode.Undelivered("Twilio", TwilioCodes.All, errorCode is { Length: > 0 } ? errorCode : null),
        "canceled" => new MessageStatus { State = MessageState.Undelivered, Reason = "It was canceled at Twilio before it was sent." },
        _ => null,
    };
}
