using System.Globalization;
using System.Text;

namespace Faxbot.Sip.InstantMessages;

/// <summary>A header field of a CPIM message (RFC 3862 2.3).</summary>
/// <param name="Name">With the prefix of its namespace, such as <c>imdn.Message-ID</c>.</param>
/// <param name="Value">Without escapes.</param>
public readonly record struct CpimHeader(string Name, string Value)
{
    /// <summary>What stands between name and value, such as <c>;lang=fr</c>.</summary>
    public string Parameters { get; init; } = "";

    /// <summary>Name and value as they are sent.</summary>
    public override string ToString() => $"{Name}:{Parameters} {Escape(Value)}";

    /// <summary>Reads a line; false when it is no header field.</summary>
    internal static bool TryParse(ReadOnlySpan<char> line, out CpimHeader header)
    {
        header = default;
        var colon = line.IndexOf(':');
        if (colon <= 0 || line[..colon].ContainsAny(" \t;\"") || line.Contains('\r'))
        {
            return false;
        }

        var rest = line[(colon + 1)..];
        var space = rest.IndexOf(' ');
        var parameters = rest is [';', ..] ? space < 0 ? rest : rest[..space] : default;
        rest = rest[parameters.Length..];
        header = new CpimHeader(line[..colon].ToString(), Unescape(rest is [' ', ..] ? rest[1..] : rest)) { Parameters = parameters.ToString() };
        return true;
    }

    // RFC 3862 2.3.1: what is no character of a line is written as its number; the short forms are only read.
    private static string Escape(string value)
    {
        var text = new StringBuilder(value.Length);
        foreach (var c in value)
        {
            if (c == '\\')
            {
                text.Append(@"\\");
            }
            else if (char.IsControl(c))
            {
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
            }
            else
            {
                text.Append(c);
            }
        }

        return text.ToString();
    }

    private static string Unescape(ReadOnlySpan<char> value)
    {
        if (!value.Contains('\\'))
        {
            return value.ToString();
        }

        var text = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] != '\\' || i + 1 == value.Length)
            {
                text.Append(value[i]);
            }
            else if (value[i + 1] == 'u' && i + 6 <= value.Length && ushort.TryParse(value.Slice(i + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                text.Append((char)code);
                i += 5;
            }
            else
            {
                i++;
                text.Append(value[i] switch { 'b' => '\b', 't' => '\t', 'n' => '\n', 'r' => '\r', var other => other });
            }
        }

        return text.ToString();
    }
}
