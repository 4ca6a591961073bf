namespace Faxbot.Sdk.Accounts;

/// <summary>A number of the account.</summary>
/// <param name="Number">E.164 with plus sign.</param>
/// <param name="Capabilities">What it can do in the provider's words, such as <c>fax</c>, <c>sms</c>, <c>voice</c>; empty when not said.</param>
public sealed record OwnedNumber(string Number, IReadOnlyList<string> Capabilities);
