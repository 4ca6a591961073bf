using Faxbot.Server.Faxes;
using PhoneNumber = Faxbot.Sdk.Numbers.PhoneNumber;

namespace Faxbot.Server.Messages;

/// <summary>Reads who a message is from: a number, a short code, or a name where the networks show one.</summary>
internal static class MessageNumbers
{
    private const int ShortestCode = 3, LongestCode = 8;
    // What a network carries of an alphanumeric originating address (3GPP TS 23.040 9.1.2.5): 11 septets.
    private const int LongestName = 11;

    /// <returns>What is wrong with it; null when nothing is.</returns>
    public static string? TryParseSender(string text, string? country, out PhoneNumber sender)
    {
        var bare = text.Trim();
        sender = new PhoneNumber(bare);
        if (bare.Length is >= ShortestCode and <= LongestCode && bare.All(char.IsAsciiDigit)) return null;
        if (bare.Length is > 0 and <= LongestName && bare.Any(char.IsAsciiLetter) && bare.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is ' ' or '-' or '_' or '.')) return null;
        return DialString.TryParse(bare, country, out sender) is null
            ? null
            : $"Give a number in E.164 form, a short code of {ShortestCode} to {LongestCode} digits, or a name of at most {LongestName} letters and digits.";
    }
}
