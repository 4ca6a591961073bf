using Faxbot.Sdk.Accounts;

namespace Faxbot.Telnyx.Sms;

/// <summary>What Telnyx is asked to send.</summary>
internal sealed record TelnyxOutgoing(string To, string Text, string? From, string? MessagingProfileId, Uri? WebhookUrl);

/// <summary>The answer to sending, and to the question for a status.</summary>
internal sealed record TelnyxMessageAnswer(TelnyxMessage Data);

/// <summary>A webhook.</summary>
internal sealed record TelnyxWebhook(TelnyxEvent Data);

/// <summary>An event and the message that it is about.</summary>
internal sealed record TelnyxEvent(string EventType, TelnyxMessage Payload);

/// <summary>A message, either way.</summary>
internal sealed record TelnyxMessage(
    string Id, IReadOnlyList<TelnyxParty>? To = null, TelnyxParty? From = null, string? Text = null, string? ReceivedAt = null, IReadOnlyList<TelnyxError>? Errors = null, TelnyxCost? Cost = null)
{
    /// <summary>What it cost, once that is known.</summary>
    public Money? Paid => Cost is { Amount: { } amount, Currency: { } currency } ? new Money(amount, currency) : null;
}

/// <summary>Who sends or receives; the status is in who receives.</summary>
internal sealed record TelnyxParty(string PhoneNumber, string? Status = null);

/// <summary>What went wrong.</summary>
internal sealed record TelnyxError(string Code);

/// <summary>What was taken for it.</summary>
internal sealed record TelnyxCost(decimal? Amount = null, string? Currency = null);
