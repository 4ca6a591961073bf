namespace Faxbot.Telnyx.Sms;

/// <summary>The settings.</summary>
internal sealed record TelnyxSmsSettings(string ApiKey, string PublicKey, string? Sender = null, string? MessagingProfileId = null);
