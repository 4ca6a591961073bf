using Faxbot.Sdk.Trunks;
using Faxbot.Sip.Messages;

namespace Faxbot.Lines.Embedded.Trunks;

/// <summary>The numbers of a call that came in, as its trunk writes them.</summary>
public static class InboundNumbers
{
    private const string PCalledPartyId = "P-Called-Party-ID";

    // Italy keeps the 0 that leads a number within it.
    private const string KeepsTrunkZero = "39";

    /// <summary>Who is called.</summary>
    internal static string Called(SipRequest invite, TrunkInbound inbound) => InE164(UserOf(invite, inbound.CalledNumber) ?? invite.RequestUri.User, inbound.Country);

    /// <summary>Who calls, by what the trunk asserts or else the caller claims.</summary>
    internal static string Calling(SipRequest invite, TrunkInbound inbound) =>
        InE164((invite.Headers.PAssertedIdentities is [var asserted, ..] ? asserted.Uri.User : null) ?? invite.Headers.From?.Uri.User, inbound.Country);

    /// <summary>A number in E.164 with plus sign, where it can be told; anything else stays as it is.</summary>
    /// <param name="user">The user part of an address.</param>
    /// <param name="country">The country code of numbers without one; null changes nothing but an international prefix.</param>
    public static string InE164(string? user, string? country)
    {
        // RFC 3261 19.1.6: parameters of a tel URI, such as phone-context, stand in the user part; RFC 3966 5.1.1: so may visual separators.
        var number = string.Concat((user ?? "").Split(';')[0].Where(sign => sign is not ('-' or '.' or '(' or ')' or ' ')));
        var digits = number.TrimStart('+');
        if (digits.Length < 3 || !digits.All(char.IsAsciiDigit)) return user ?? "";
        if (number[0] == '+') return number;
        return country is null ? user! : "+" + WithCountry(digits, country);
    }

    private static string WithCountry(string digits, string country)
    {
        if (country == "1")
        {
            if (digits.StartsWith("011", StringComparison.Ordinal)) return digits[3..];
            return digits is ['1', _, _, _, _, _, _, _, _, _, _] || digits.Length > 11 ? digits : country + digits;
        }

        if (digits.StartsWith("00", StringComparison.Ordinal)) return digits[2..];
        if (digits[0] == '0') return country + (country == KeepsTrunkZero ? digits : digits[1..]);
        // A number of the country is shorter than one that has the country code before it: E.164 allows 15 digits, no plan needs fewer than 7 behind it.
        return digits.StartsWith(country, StringComparison.Ordinal) && digits.Length >= country.Length + 7 ? digits : country + digits;
    }

    private static string? UserOf(SipRequest invite, CalledNumberSource source) => source switch
    {
        CalledNumberSource.To => invite.To.Uri.User,
        CalledNumberSource.PCalledPartyId => UserIn(invite, PCalledPartyId),
        CalledNumberSource.Diversion => UserIn(invite, SipHeaderNames.Diversion),
        _ => invite.RequestUri.User,
    };

    private static string? UserIn(SipRequest invite, string field) =>
        invite.Headers[field] is { } value && SipNameAddr.TryParse(value, out var address) ? address.Uri.User : null;
}
