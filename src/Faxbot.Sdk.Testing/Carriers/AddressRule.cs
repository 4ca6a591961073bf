namespace Faxbot.Sdk.Testing.Carriers;

/// <summary>How a SIP address must be written.</summary>
/// <param name="User">
/// The user part. <c>{e164}</c> stands for all digits of the number, <c>{nanp10}</c> and <c>{nanp11}</c> for the ten or eleven digits of a North American
/// number, and <c>011</c> before all digits of another one: <c>+{e164}</c>, <c>123456*{e164}</c>. Null takes anything.
/// </param>
/// <param name="Host">The host; null takes anything.</param>
public sealed record AddressRule(string? User, string? Host = null)
{
    /// <summary>Parameters that the URI must have, such as <c>user</c> with <c>phone</c>.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>The user part for a number.</summary>
    /// <param name="number">E.164 with plus sign.</param>
    internal string? UserFor(string number)
    {
        var digits = number.TrimStart('+');
        var isNanp = digits.Length == 11 && digits[0] == '1';
        return User?
            .Replace("{e164}", digits, StringComparison.Ordinal)
            .Replace("{nanp11}", isNanp ? digits : $"011{digits}", StringComparison.Ordinal)
            .Replace("{nanp10}", isNanp ? digits[1..] : $"011{digits}", StringComparison.Ordinal);
    }
}
