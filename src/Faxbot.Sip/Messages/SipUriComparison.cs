namespace Faxbot.Sip.Messages;

/// <summary>RFC 3261 19.1.4: when two URIs name the same resource.</summary>
internal static class SipUriComparison
{
    // A parameter of these in one URI alone never matches. The list of 19.1.4 is user, ttl, method and maddr; its examples add transport.
    private static readonly string[] NeverDefaulted = ["user", "ttl", "method", "maddr", "transport"];

    public static bool AreEquivalent(SipUri a, SipUri b)
    {
        // Equal text first: a parameter that stands twice, which no URI should have, differs from itself below.
        if (a == b)
        {
            return true;
        }

        if (a.Scheme != b.Scheme)
        {
            return false;
        }

        if (!a.IsSip)
        {
            return a.Opaque is null ? TelEquivalent(a, b) : a.Opaque == b.Opaque;
        }

        return a.EscapedUser == b.EscapedUser && a.EscapedPassword == b.EscapedPassword
            && a.Host.Equals(b.Host, StringComparison.OrdinalIgnoreCase) && a.Port == b.Port
            && ParametersMatch(a.Parameters, b.Parameters) && ParametersMatch(b.Parameters, a.Parameters)
            && HeadersMatch(a.Headers, b.Headers) && HeadersMatch(b.Headers, a.Headers);
    }

    // RFC 3966 4: visual separators do not count.
    private static bool TelEquivalent(SipUri a, SipUri b) =>
        Digits(a) == Digits(b) && a.Parameters.Count == b.Parameters.Count
        && a.Parameters.All(p => SameValue(p.Value, b.Parameters, p.Name));

    private static string Digits(SipUri uri) =>
        string.Concat((uri.User ?? "").Where(c => c is not ('-' or '.' or '(' or ')'))).ToUpperInvariant();

    private static bool ParametersMatch(SipParameters a, SipParameters b)
    {
        foreach (var parameter in a)
        {
            if (b.Contains(parameter.Name) ? !SameValue(parameter.Value, b, parameter.Name)
                : NeverDefaulted.Contains(parameter.Name, StringComparer.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HeadersMatch(SipParameters a, SipParameters b) =>
        a.Count == b.Count && a.All(header => SameValue(header.Value, b, header.Name));

    private static bool SameValue(string? value, SipParameters other, string name) =>
        other.Contains(name) && string.Equals(value, other[name], StringComparison.OrdinalIgnoreCase);
}
