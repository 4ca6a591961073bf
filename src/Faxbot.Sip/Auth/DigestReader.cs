using System.Globalization;
using Faxbot.Sip.Messages;

namespace Faxbot.Sip.Auth;

/// <summary>Header values to digest records.</summary>
internal static class DigestReader
{
    // A field with more parameters than any scheme defines is hostile.
    private const int MaxParameters = 32;

    public static bool TryReadChallenge(ReadOnlySpan<char> text, out DigestChallenge challenge)
    {
        challenge = new DigestChallenge("", "");
        if (!TryReadParameters(text, out var parameters)
            || !parameters.TryGetValue("realm", out var realm)
            || !parameters.TryGetValue("nonce", out var nonce)
            || !TryReadAlgorithm(parameters, out var algorithm))
        {
            return false;
        }

        var qop = parameters.TryGetValue("qop", out var qopText) ? ReadQop(qopText) : DigestQop.None;
        if (qop == DigestQop.None && !string.IsNullOrWhiteSpace(qopText))
        {
            return false;
        }

        challenge = new DigestChallenge(realm, nonce)
        {
            Opaque = parameters.GetValueOrDefault("opaque"),
            Domain = parameters.GetValueOrDefault("domain"),
            IsStale = "true".Equals(parameters.GetValueOrDefault("stale"), StringComparison.OrdinalIgnoreCase),
            Algorithm = algorithm,
            NamesAlgorithm = parameters.ContainsKey("algorithm"),
            Qop = qop,
        };
        return true;
    }

    public static bool TryReadCredentials(ReadOnlySpan<char> text, out DigestCredentials credentials)
    {
        credentials = new DigestCredentials("", "", "", "", "");
        if (!TryReadParameters(text, out var parameters)
            || !parameters.TryGetValue("username", out var username)
            || !parameters.TryGetValue("realm", out var realm)
            || !parameters.TryGetValue("nonce", out var nonce)
            || !parameters.TryGetValue("uri", out var uri)
            || !parameters.TryGetValue("response", out var response)
            || !TryReadAlgorithm(parameters, out var algorithm))
        {
            return false;
        }

        var hasQop = parameters.TryGetValue("qop", out var qopText);
        var qop = ReadQop(qopText ?? "");
        var count = 0u;
        if (hasQop && (qop is not (DigestQop.Auth or DigestQop.AuthInt) || !parameters.ContainsKey("cnonce")
            || !uint.TryParse(parameters.GetValueOrDefault("nc"), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out count)))
        {
            return false;
        }

        credentials = new DigestCredentials(username, realm, nonce, uri, response)
        {
            Algorithm = algorithm,
            NamesAlgorithm = parameters.ContainsKey("algorithm"),
            Cnonce = parameters.GetValueOrDefault("cnonce"),
            Opaque = parameters.GetValueOrDefault("opaque"),
            Qop = qop,
            NonceCount = count,
        };
        return true;
    }

    private static bool TryReadParameters(ReadOnlySpan<char> text, out Dictionary<string, string> parameters)
    {
        parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        text = SipGrammar.Trim(text);
        if (!text.StartsWith("Digest", StringComparison.OrdinalIgnoreCase) || text.Length < 7 || !SipGrammar.IsWhitespace(text[6]))
        {
            return false;
        }

        text = text[7..];
        while (!text.IsEmpty)
        {
            var element = SipGrammar.CutListElement(ref text);
            if (element.IsEmpty)
            {
                continue;
            }

            if (!TryReadParameter(element, out var name, out var value)
                || parameters.Count >= MaxParameters || !parameters.TryAdd(name, value))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryReadParameter(ReadOnlySpan<char> element, out string name, out string value)
    {
        name = "";
        value = "";
        var reader = new SipValueReader(element);
        if (!reader.TryReadToken(out var token))
        {
            return false;
        }

        name = token.ToString();
        reader.SkipWhitespace();
        if (!reader.TryReadChar('='))
        {
            return false;
        }

        reader.SkipWhitespace();
        if (reader.Peek == '"')
        {
            return reader.TryReadQuoted(out value) && SipGrammar.Trim(reader.Rest).IsEmpty;
        }

        // Some servers leave the quotes of nonce and opaque away.
        value = SipGrammar.Trim(reader.Rest).ToString();
        return value.Length > 0 && !value.Contains('"', StringComparison.Ordinal);
    }

    private static bool TryReadAlgorithm(Dictionary<string, string> parameters, out DigestAlgorithm algorithm)
    {
        algorithm = DigestAlgorithm.Md5;
        if (!parameters.TryGetValue("algorithm", out var name))
        {
            return true;
        }

        foreach (var known in Enum.GetValues<DigestAlgorithm>())
        {
            if (name.Equals(DigestWriter.Name(known), StringComparison.OrdinalIgnoreCase))
            {
                algorithm = known;
                return true;
            }
        }

        return false;
    }

    private static DigestQop ReadQop(string text)
    {
        var qop = DigestQop.None;
        foreach (var range in text.AsSpan().Split(','))
        {
            var option = SipGrammar.Trim(text.AsSpan()[range]);
            qop |= option.Equals("auth", StringComparison.OrdinalIgnoreCase) ? DigestQop.Auth
                : option.Equals("auth-int", StringComparison.OrdinalIgnoreCase) ? DigestQop.AuthInt
                : DigestQop.None;
        }

        return qop;
    }
}
