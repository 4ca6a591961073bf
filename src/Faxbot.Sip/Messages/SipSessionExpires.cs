using System.Globalization;

namespace Faxbot.Sip.Messages;

/// <summary>Session-Expires (RFC 4028 4).</summary>
/// <param name="Interval">How long the session lives without a refresh.</param>
/// <param name="Refresher"><c>uac</c>, <c>uas</c> or null.</param>
public sealed record SipSessionExpires(TimeSpan Interval, string? Refresher = null)
{
    public static bool TryParse(ReadOnlySpan<char> text, out SipSessionExpires value)
    {
        value = new SipSessionExpires(TimeSpan.Zero);
        var reader = new SipValueReader(SipGrammar.Trim(text));
        if (!reader.TryReadToken(out var digits) || !SipGrammar.TryParseNumber(digits, uint.MaxValue, out var seconds)
            || !reader.TryReadParameters(out var parameters))
        {
            return false;
        }

        value = new SipSessionExpires(TimeSpan.FromSeconds(seconds), parameters["refresher"]);
        return true;
    }

    public override string ToString() =>
        ((long)Interval.TotalSeconds).ToString(CultureInfo.InvariantCulture) + (Refresher is null ? "" : ";refresher=" + Refresher);
}
