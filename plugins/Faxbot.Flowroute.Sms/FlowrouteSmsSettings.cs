namespace Faxbot.Flowroute.Sms;

/// <summary>The settings.</summary>
internal sealed record FlowrouteSmsSettings(string AccessKey, string SecretKey, string? Sender = null, string? WebhookSecret = null);
