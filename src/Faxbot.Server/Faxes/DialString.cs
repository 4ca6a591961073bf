using System.Text.RegularExpressions;
using PhoneNumbers;
using PhoneNumber = Faxbot.Sdk.Numbers.PhoneNumber;

namespace Faxbot.Server.Faxes;

/// <summary>
/// Reads numbers as people write them. With a plus sign a number claims to be E.164 and must be possible there. Without one, 6 to 20 digits are
/// taken: as a national number where the country is set and has such numbers, and otherwise as they are, since private trunks have numbers
/// and extensions that no plan knows.
/// </summary>
internal static partial class DialString
{
    private const int Shortest = 6;
    private const int Longest = 20;
    private static readonly PhoneNumberUtil Plan = PhoneNumberUtil.GetInstance();

    /// <summary>Reads one.</summary>
    /// <param name="text">As written.</param>
    /// <param name="country">Whose national numbers are understood; ISO 3166-1 alpha-2.</param>
    /// <param name="number">E.164 with plus sign, or the digits.</param>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    public static string? TryParse(string? text, string? country, out PhoneNumber number)
    {
        number = default;
        var bare = Punctuation().Replace(text?.Trim() ?? "", "");
        var digits = bare.StartsWith('+') ? bare[1..] : bare;
        if (digits.Length is < Shortest or > Longest || digits.AsSpan().ContainsAnyExceptInRange('0', '9'))
            return $"Give a number in E.164 form, such as +15551234567, or {Shortest} to {Longest} digits.";
        return bare.StartsWith('+') ? TryParseInternational(bare, out number) : ParseNational(bare, country, out number);
    }

    private static string? TryParseInternational(string text, out PhoneNumber number)
    {
        number = new PhoneNumber(text);
        try
        {
            return Plan.IsPossibleNumberWithReason(Plan.Parse(text, null)) switch
            {
                PhoneNumberUtil.ValidationResult.TOO_SHORT => "The number is too short for its country.",
                PhoneNumberUtil.ValidationResult.TOO_LONG => "The number is too long for its country.",
                PhoneNumberUtil.ValidationResult.INVALID_LENGTH => "No number of that length exists in its country.",
                PhoneNumberUtil.ValidationResult.INVALID_COUNTRY_CODE => "No country has that code.",
                _ => null,
            };
        }
        catch (NumberParseException e)
        {
            return e.ErrorType == ErrorType.INVALID_COUNTRY_CODE ? "No country has that code." : "It is not a number in E.164 form.";
        }
    }

    private static string? ParseNational(string digits, string? country, out PhoneNumber number)
    {
        number = new PhoneNumber(digits);
        if (country is null) return null;
        try
        {
            var national = Plan.Parse(digits, country);
            if (Plan.IsPossibleNumberWithReason(national) == PhoneNumberUtil.ValidationResult.IS_POSSIBLE)
                number = new PhoneNumber(Plan.Format(national, PhoneNumberFormat.E164));
        }
        catch (NumberParseException)
        {
            // The country has no such numbers: a private one, dialled as it is.
        }

        return null;
    }

    [GeneratedRegex("""[\s().\-/\u00A0\u2010-\u2013]""")]
    private static partial Regex Punctuation();
}
