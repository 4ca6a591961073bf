using Faxbot.Sdk.Accounts;

namespace Faxbot.Twilio.Common;

/// <summary>A text message; it has no price before it is rated, and no code of an error before there was one.</summary>
/// <param name="Sid">Its id, <c>SM...</c>.</param>
/// <param name="Status">Twilio's word.</param>
/// <param name="ErrorCode">Twilio's code of what went wrong.</param>
/// <param name="Price">With a minus sign what Twilio took.</param>
/// <param name="PriceUnit">The currency.</param>
public sealed record TwilioMessage(string Sid, string Status, int? ErrorCode = null, decimal? Price = null, string? PriceUnit = null)
{
    /// <summary>What it cost, once that is known.</summary>
    public Money? Cost => TwilioApi.Cost(Price, PriceUnit);
}
