using System.Buffers;
using System.Globalization;
using System.Text;

namespace Faxbot.Sip.Messages;

/// <summary>The character classes and small productions of RFC 3261 25.1.</summary>
internal static class SipGrammar
{
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>token.</summary>
    public static SearchValues<char> TokenChars { get; } = SearchValues.Create(Alphanumeric + "-.!%*_+`'~");

    /// <summary>
    /// What a parameter value may hold without quotes: token and host, where a host may be [IPv6], and "/" as some devices write.
    /// </summary>
    public static SearchValues<char> BareValueChars { get; } = SearchValues.Create(Alphanumeric + "-.!%*_+`'~[]:/@");

    /// <summary>word, of which Call-ID is made.</summary>
    public static SearchValues<char> WordChars { get; } = SearchValues.Create(Alphanumeric + "-.!%*_+`'~()<>:\\\"/[]?{}@");

    /// <summary>What cannot stand within a header value: the characters that would end it.</summary>
    public static SearchValues<char> LineEnds { get; } = SearchValues.Create("\r\n");

    public static bool IsToken(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(TokenChars);

    public static bool IsWhitespace(char c) => c is ' ' or '\t';

    public static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text) => text.Trim(" \t");

    /// <summary>Digits only, no sign, no space, of at most <paramref name="max"/>.</summary>
    public static bool TryParseNumber(ReadOnlySpan<char> text, long max, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= max;

    /// <summary>
    /// Cuts the first element off a comma list. Commas within quotes and angle brackets do not count (RFC 3261 7.3).
    /// Each character is looked at once.
    /// </summary>
    public static ReadOnlySpan<char> CutListElement(ref ReadOnlySpan<char> rest)
    {
        var quoted = false;
        var bracketed = false;
        for (var i = 0; i < rest.Length; i++)
        {
            var c = rest[i];
            if (quoted)
            {
                if (c == '\\')
                {
                    i++;
                }
                else if (c == '"')
                {
                    quoted = false;
                }
            }
            else if (c == '"')
            {
                quoted = true;
            }
            else if (c == '<')
            {
                bracketed = true;
            }
            else if (c == '>')
            {
                bracketed = false;
            }
            else if (c == ',' && !bracketed)
            {
                var element = rest[..i];
                rest = rest[(i + 1)..];
                return Trim(element);
            }
        }

        var last = Trim(rest);
        rest = default;
        return last;
    }

    /// <summary>The elements of a comma list, empty ones left out.</summary>
    public static List<string> SplitList(ReadOnlySpan<char> text)
    {
        var elements = new List<string>();
        while (!text.IsEmpty)
        {
            var element = CutListElement(ref text);
            if (!element.IsEmpty)
            {
                elements.Add(element.ToString());
            }
        }

        return elements;
    }

    /// <summary>
    /// quoted-string: adds the quotes, and a backslash where one is needed: before itself, quotes and control characters.
    /// </summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            if (c is '"' or '\\' or '\x7f' || (c < ' ' && c != '\t'))
            {
                quoted.Append('\\');
            }

            quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }
}
