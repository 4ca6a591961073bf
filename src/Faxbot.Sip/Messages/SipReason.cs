using System.Globalization;

namespace Faxbot.Sip.Messages;

/// <summary>One Reason value (RFC 3326): why a call was ended or refused.</summary>
/// <param name="Protocol"><c>Q.850</c>, <c>SIP</c> or another.</param>
/// <param name="Cause">The cause number of that protocol, or null.</param>
/// <param name="Text">The text for people, or null.</param>
public sealed record SipReason(string Protocol, int? Cause, string? Text)
{
    public bool IsQ850 => Protocol.Equals("Q.850", StringComparison.OrdinalIgnoreCase);

    public bool IsSip => Protocol.Equals("SIP", StringComparison.OrdinalIgnoreCase);

    public static bool TryParse(ReadOnlySpan<char> text, out SipReason reason)
    {
        reason = new SipReason("", null, null);
        var reader = new SipValueReader(SipGrammar.Trim(text));
        if (!reader.TryReadToken(out var protocol) || !reader.TryReadParameters(out var parameters))
        {
            return false;
        }

        int? cause = SipGrammar.TryParseNumber(parameters["cause"], 999, out var number) ? (int)number : null;
        reason = new SipReason(protocol.ToString(), cause, parameters["text"]);
        return true;
    }

    public override string ToString() =>
        Protocol
        + (Cause is { } cause ? string.Create(CultureInfo.InvariantCulture, $";cause={cause}") : "")
        + (Text is null ? "" : ";text=" + SipGrammar.Quote(Text));
}
