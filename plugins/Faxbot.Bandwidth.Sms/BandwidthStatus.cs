using System.Collections.Frozen;
using System.Globalization;
using Faxbot.Sdk.Http;
using Faxbot.Sdk.Messages;

namespace Faxbot.Bandwidth.Sms;

/// <summary>Bandwidth's words for what became of a message.</summary>
internal static class BandwidthStatus
{
    // No delivery receipt came in time: Bandwidth calls that a failure, and nobody knows.
    private const int NoReceipt = 9902;

    // 4xxx are permanent and 5xxx passing failures; what the single codes mean is looked up at Bandwidth.
    private static readonly FrozenDictionary<string, ProviderCode> Codes = FrozenDictionary<string, ProviderCode>.Empty;

    /// <summary>By the type of an event; null for one that is not known.</summary>
    public static MessageStatus? OfEvent(string type, int? errorCode) => type switch
    {
        "message-sending" => new MessageStatus { State = MessageState.Accepted },
        "message-sent" => new MessageStatus { State = MessageState.Sent },
        "message-delivered" or "message-read" => new MessageStatus { State = MessageState.Delivered },
        "message-failed" => Failed(errorCode),
        _ => null,
    };

    /// <summary>By the word of a search; null for one that is not known.</summary>
    public static MessageStatus? OfSearch(string word, int? errorCode) => word switch
    {
        "QUEUED" or "SENDING" or "ACCEPTED" => new MessageStatus { State = MessageState.Accepted },
        "SENT" => new MessageStatus { State = MessageState.Sent },
        "DELIVERED" => new MessageStatus { State = MessageState.Delivered },
        "FAILED" or "UNDELIVERED" => Failed(errorCode),
        _ => null,
    };

    private static MessageStatus Failed(int? errorCode) => errorCode == NoReceipt
        ? new MessageStatus { State = MessageState.Unknown, Reason = "It was sent, and no delivery receipt came in time.", ProviderCode = "9902" }
        : ProviderCode.Undelivered("Bandwidth", Codes, errorCode is > 0 ? errorCode.Value.ToString(CultureInfo.InvariantCulture) : null);
}
