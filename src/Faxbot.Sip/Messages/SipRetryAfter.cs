using System.Globalization;

namespace Faxbot.Sip.Messages;

/// <summary>
/// Retry-After (RFC 3261 20.33); the comment and the duration parameter do not change what a caller does and are not kept here.
/// </summary>
/// <param name="Delay">How long to wait before the next try.</param>
public sealed record SipRetryAfter(TimeSpan Delay)
{
    public static bool TryParse(ReadOnlySpan<char> text, out SipRetryAfter value)
    {
        value = new SipRetryAfter(TimeSpan.Zero);
        text = SipGrammar.Trim(text);
        var length = text.IndexOfAnyExceptInRange('0', '9');
        length = length < 0 ? text.Length : length;
        if (length == 0 || (length < text.Length && text[length] is not (' ' or '\t' or '(' or ';')))
        {
            return false;
        }

        // RFC 4475 3.1.2.5: a number beyond 2^32-1 must not wrap around.
        value = new SipRetryAfter(TimeSpan.FromSeconds(SipNameAddr.ReadSeconds(text[..length].ToString())));
        return true;
    }

    public override string ToString() => ((long)Delay.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}
