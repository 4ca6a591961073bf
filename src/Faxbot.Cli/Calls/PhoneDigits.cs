namespace Faxbot.Cli.Calls;

/// <summary>Telephone numbers as people write them.</summary>
internal static class PhoneDigits
{
    /// <summary>Digits with an optional plus sign in front, without the blanks and marks between them; null when it is no number.</summary>
    public static string? Read(string text)
    {
        var number = new string([.. text.Where(c => c is not (' ' or '-' or '(' or ')' or '.' or '/'))]);
        var digits = number.StartsWith('+') ? number[1..] : number;
        return digits.Length is >= 2 and <= 20 && digits.All(char.IsAsciiDigit) ? number : null;
    }
}
