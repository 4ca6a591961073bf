using Faxbot.Twilio.Common;

namespace Faxbot.Twilio.Sms;

/// <summary>The settings; the auth token signs webhooks also where an API key is used.</summary>
internal sealed record TwilioSmsSettings(
    string AccountSid, string AuthToken, string? ApiKey = null, string? ApiSecret = null, string? Sender = null, string? MessagingServiceSid = null)
{
    public TwilioAccount Account => TwilioAccount.Of(AccountSid, AuthToken, ApiKey, ApiSecret)!;
}
