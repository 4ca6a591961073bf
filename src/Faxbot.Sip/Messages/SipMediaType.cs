namespace Faxbot.Sip.Messages;

/// <summary>A media type with its parameters, as Content-Type writes it (RFC 3261 25.1). Immutable.</summary>
/// <param name="Type">Such as <c>text</c>; compares without case.</param>
/// <param name="Subtype">Such as <c>plain</c>; compares without case.</param>
public sealed record SipMediaType(string Type, string Subtype)
{
    /// <summary>The parameters, such as charset.</summary>
    public SipParameters Parameters { get; init; } = SipParameters.Empty;

    /// <summary>Whether it is that type, whatever its parameters.</summary>
    /// <param name="name">Type and subtype, such as <c>text/plain</c>.</param>
    public bool Is(string name) => $"{Type}/{Subtype}".Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads one value.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out SipMediaType type)
    {
        type = new SipMediaType("", "");
        var reader = new SipValueReader(SipGrammar.Trim(text));
        if (!reader.TryReadToken(out var main))
        {
            return false;
        }

        reader.SkipWhitespace();
        if (!reader.TryReadChar('/'))
        {
            return false;
        }

        reader.SkipWhitespace();
        if (!reader.TryReadToken(out var sub) || !reader.TryReadParameters(out var parameters))
        {
            return false;
        }

        type = new SipMediaType(main.ToString(), sub.ToString()) { Parameters = parameters };
        return true;
    }

    public override string ToString() => $"{Type}/{Subtype}{Parameters}";
}
