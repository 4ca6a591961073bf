namespace Faxbot.Sip.Bandwidth;

/// <summary>Those of the settings that are not the trunk's.</summary>
internal sealed record BandwidthSettings(string? AccountId = null, string? ApiUser = null, string? ApiPassword = null);
