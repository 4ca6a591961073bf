namespace Faxbot.Sip.Telnyx;

/// <summary>A page of a list.</summary>
internal sealed record TelnyxPage<T>(IReadOnlyList<T> Data, TelnyxPaging Meta);

/// <summary>Where in a list a page is.</summary>
internal sealed record TelnyxPaging(int TotalPages);

/// <summary>A record of type sip-trunking.</summary>
internal sealed record TelnyxCallRecord(string StartedAt, string? SipCallId = null, string? TelnyxSessionId = null, double? BilledSec = null, decimal? Cost = null, string? Currency = null);

/// <summary>A number of the account.</summary>
internal sealed record TelnyxNumber(string PhoneNumber, bool? T38FaxGatewayEnabled = null);

/// <summary>Those of the settings that are not the trunk's.</summary>
internal sealed record TelnyxSettings(string? ApiKey = null);
