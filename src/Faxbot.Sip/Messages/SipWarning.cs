using System.Globalization;

namespace Faxbot.Sip.Messages;

/// <summary>One Warning value (RFC 3261 20.43).</summary>
/// <param name="Code">Three digits; 304-307 speak of media, 370 of bandwidth, 399 of anything.</param>
/// <param name="Agent">Host or pseudonym that added it.</param>
/// <param name="Text">For people.</param>
public sealed record SipWarning(int Code, string Agent, string Text)
{
    public static bool TryParse(ReadOnlySpan<char> text, out SipWarning warning)
    {
        warning = new SipWarning(0, "", "");
        text = SipGrammar.Trim(text);
        if (text.Length < 5 || text[3] != ' ' || !SipGrammar.TryParseNumber(text[..3], 999, out var code))
        {
            return false;
        }

        var rest = text[4..].TrimStart(' ');
        var space = rest.IndexOf(' ');
        var reader = new SipValueReader(space < 0 ? default : SipGrammar.Trim(rest[space..]));
        if (space <= 0 || !reader.TryReadQuoted(out var words) || !reader.AtEnd)
        {
            return false;
        }

        warning = new SipWarning((int)code, rest[..space].ToString(), words);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Code:D3} {Agent} {SipGrammar.Quote(Text)}");
}
