namespace Faxbot.Bandwidth.Sms;

/// <summary>The settings.</summary>
internal sealed record BandwidthSmsSettings(
    string AccountId, string ApiUser, string ApiPassword, string ApplicationId, string? Sender = null, string? WebhookUser = null, string? WebhookPassword = null);
