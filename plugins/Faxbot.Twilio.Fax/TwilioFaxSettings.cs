namespace Faxbot.Twilio.Fax;

/// <summary>Those of the settings that are not the trunk's.</summary>
internal sealed record TwilioFaxSettings(string? AccountSid = null, string? AuthToken = null, string? ApiKey = null, string? ApiSecret = null);
