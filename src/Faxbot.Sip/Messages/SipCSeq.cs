using System.Globalization;

namespace Faxbot.Sip.Messages;

/// <summary>CSeq (RFC 3261 20.16).</summary>
/// <param name="Number">Below 2^31 (8.1.1.5).</param>
/// <param name="Method">Same as the request line's.</param>
public sealed record SipCSeq(uint Number, SipMethod Method)
{
    public static bool TryParse(ReadOnlySpan<char> text, out SipCSeq cseq)
    {
        cseq = new SipCSeq(0, SipMethod.Options);
        text = SipGrammar.Trim(text);
        var space = text.IndexOfAny(' ', '\t');
        if (space < 0 || !SipGrammar.TryParseNumber(text[..space], int.MaxValue, out var number)
            || !SipMethod.TryParse(SipGrammar.Trim(text[space..]), out var method))
        {
            return false;
        }

        cseq = new SipCSeq((uint)number, method);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number} {Method}");
}
