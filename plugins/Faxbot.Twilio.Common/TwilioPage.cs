namespace Faxbot.Twilio.Common;

/// <summary>A page of a list; the last one has no next.</summary>
internal abstract record TwilioPage(string? NextPageUri = null);

/// <summary>Calls.</summary>
internal sealed record TwilioCalls(IReadOnlyList<TwilioCall> Calls) : TwilioPage;

/// <summary>A call; it has no start before it is placed, and no price before it is rated.</summary>
internal sealed record TwilioCall(string Sid, string? StartTime = null, double? Duration = null, decimal? Price = null, string? PriceUnit = null);

/// <summary>Numbers.</summary>
internal sealed record TwilioNumbers(IReadOnlyList<TwilioNumber> IncomingPhoneNumbers) : TwilioPage;

/// <summary>A number and what it can do.</summary>
internal sealed record TwilioNumber(string PhoneNumber, Dictionary<string, bool>? Capabilities = null)
{
    public IReadOnlyList<string> Words => [.. (Capabilities ?? []).Where(capability => capability.Value).Select(capability => capability.Key.ToLowerInvariant()).Order(StringComparer.Ordinal)];
}

/// <summary>What the account has left.</summary>
internal sealed record TwilioBalance(decimal Balance, string Currency);
