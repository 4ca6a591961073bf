namespace Faxbot.Sdk.Trunks;

/// <summary>How a number is written.</summary>
public enum NumberStyle
{
    /// <summary>All digits after a plus sign: <c>+15551234567</c>.</summary>
    E164Plus,
    /// <summary>All digits: <c>15551234567</c>.</summary>
    E164,
    /// <summary>Numbers of the North American plan with eleven digits, others after the international prefix: <c>15551234567</c>, <c>01149301234567</c>.</summary>
    Nanp11,
    /// <summary>As <see cref="Nanp11"/> with ten digits: <c>5551234567</c>.</summary>
    Nanp10,
    /// <summary>Numbers of <see cref="NumberForm.Country"/> as they are dialled there, others after the international prefix: <c>0301234567</c>, <c>0015551234567</c>.</summary>
    National,
    /// <summary>As it was given.</summary>
    AsEntered,
}

/// <summary>How numbers are written in one header field.</summary>
public sealed record NumberForm
{
    /// <summary>The digits.</summary>
    public NumberStyle Style { get; init; }

    /// <summary>The country code without plus sign for <see cref="NumberStyle.National"/>, such as <c>49</c>.</summary>
    public string? Country { get; init; }

    /// <summary>What leads a number within <see cref="Country"/>.</summary>
    public string NationalPrefix { get; init; } = "0";

    /// <summary>What leads a number of another country; null takes <c>011</c> in the North American plan and <c>00</c> elsewhere.</summary>
    public string? InternationalPrefix { get; init; }

    /// <summary>What stands before every number, such as a technical prefix.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>What stands behind every number.</summary>
    public string Suffix { get; init; } = "";

    /// <summary>Parameters of the URI, such as <c>user</c> with <c>phone</c>; an empty value is a parameter without one.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>The user part of a URI for a number.</summary>
    /// <param name="number">E.164 with plus sign; a national or private number or a name keeps its digits.</param>
    public string Write(string number)
    {
        ArgumentNullException.ThrowIfNull(number);
        return Prefix + (number.StartsWith('+') ? Digits(number[1..]) : number) + Suffix;
    }

    private string Digits(string digits) => Style switch
    {
        NumberStyle.E164 => digits,
        NumberStyle.Nanp11 => IsNanp(digits) ? digits : (InternationalPrefix ?? "011") + digits,
        NumberStyle.Nanp10 => IsNanp(digits) ? digits[1..] : (InternationalPrefix ?? "011") + digits,
        NumberStyle.National when Country is { } country && digits.StartsWith(country, StringComparison.Ordinal) => NationalPrefix + digits[country.Length..],
        NumberStyle.National => (InternationalPrefix ?? "00") + digits,
        _ => "+" + digits,
    };

    private static bool IsNanp(string digits) => digits is ['1', _, _, _, _, _, _, _, _, _, _];
}
