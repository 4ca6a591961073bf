using System.Text;

namespace Faxbot.Sdk.Messages;

/// <summary>
/// Into how many short messages a text is cut on its way (3GPP TS 23.038, TS 23.040). One that holds only letters of the GSM 7 bit default alphabet and its
/// extension table counts in septets, 160 or 153 a segment; any other in UTF-16 units, 70 or 67. The smaller figures are those of a concatenated
/// message, whose header takes six octets of each segment.
/// </summary>
public sealed record MessageSegments
{
    /// <summary>The most segments that the concatenation header can number (TS 23.040 9.2.3.24.1).</summary>
    public const int Most = 255;

    private const int SingleSeptets = 160, Septets = 153, SingleUnits = 70, Units = 67;

    private MessageSegments(MessageEncoding encoding, IReadOnlyList<string> parts, int length, int left) => (Encoding, Parts, Length, Left) = (encoding, parts, length, left);

    /// <summary>How the text is coded.</summary>
    public MessageEncoding Encoding { get; }

    /// <summary>The segments, in order; one that is empty for an empty text.</summary>
    public IReadOnlyList<string> Parts { get; }

    /// <summary>How many segments.</summary>
    public int Count => Parts.Count;

    /// <summary>Septets or UTF-16 units of the whole text.</summary>
    public int Length { get; }

    /// <summary>How many more fit into the last segment.</summary>
    public int Left { get; }

    /// <summary>Cuts a text. A letter of two septets or units stays whole.</summary>
    public static MessageSegments Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var isGsm = text.All(letter => GsmAlphabet.Septets(letter) > 0);
        return isGsm
            ? Cut(MessageEncoding.Gsm7, text, SingleSeptets, Septets, rune => GsmAlphabet.Septets((char)rune.Value))
            : Cut(MessageEncoding.Ucs2, text, SingleUnits, Units, rune => rune.Utf16SequenceLength);
    }

    private static MessageSegments Cut(MessageEncoding encoding, string text, int single, int most, Func<Rune, int> size)
    {
        var length = text.EnumerateRunes().Sum(size);
        if (length <= single) return new MessageSegments(encoding, [text], length, single - length);
        List<string> parts = [];
        var part = new StringBuilder();
        var filled = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (filled + size(rune) > most)
            {
                parts.Add(part.ToString());
                part.Clear();
                filled = 0;
            }

            part.Append(rune.ToString());
            filled += size(rune);
        }

        parts.Add(part.ToString());
        return new MessageSegments(encoding, parts, length, most - filled);
    }
}
