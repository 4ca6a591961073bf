namespace Faxbot.Sdk.Accounts;

/// <summary>An amount of money.</summary>
/// <param name="Amount">How much.</param>
/// <param name="Currency">ISO 4217, such as <c>USD</c>.</param>
public sealed record Money(decimal Amount, string Currency);
