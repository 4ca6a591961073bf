using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Messages;

namespace Faxbot.Sdk.Webhooks;

/// <summary>What a webhook meant and how it is answered. The answer goes out only after the gateway has stored what it meant.</summary>
public sealed record WebhookResult
{
    /// <summary>The HTTP status of the answer: 200 when taken, 401 when the signature is wrong.</summary>
    public int Status { get; init; } = 200;

    /// <summary>The body of the answer; a word on <see cref="Status"/> when it is not set.</summary>
    public string Body
    {
        get => field ?? (Status < 400 ? """{"status":"ok"}""" : """{"status":"refused"}""");
        init;
    }

    /// <summary>The type of the body.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>Faxes whose status was told, by provider id.</summary>
    public IReadOnlyDictionary<string, FaxStatus> Faxes { get; init; } = new Dictionary<string, FaxStatus>();

    /// <summary>Messages whose status was told, by provider id.</summary>
    public IReadOnlyDictionary<string, MessageStatus> Messages { get; init; } = new Dictionary<string, MessageStatus>();

    /// <summary>Faxes that came in and are to be fetched.</summary>
    public IReadOnlyList<InboundNotice> InboundFaxes { get; init; } = [];

    /// <summary>Messages that came in.</summary>
    public IReadOnlyList<ReceivedMessage> InboundMessages { get; init; } = [];

    /// <summary>The provider's ids of messages that came in and are to be fetched, as the webhook told no more.</summary>
    public IReadOnlyList<string> InboundMessageIds { get; init; } = [];
}
