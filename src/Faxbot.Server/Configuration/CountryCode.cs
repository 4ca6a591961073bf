using System.Diagnostics.CodeAnalysis;

namespace Faxbot.Server.Configuration;

/// <summary>A country, by the two letters of ISO 3166.</summary>
/// <param name="Letters">In upper case.</param>
internal sealed record CountryCode(string Letters)
{
    public static bool TryParse(string text, [NotNullWhen(true)] out CountryCode? country)
    {
        country = text.Length == 2 && text.All(char.IsAsciiLetter) ? new CountryCode(text.ToUpperInvariant()) : null;
        return country is not null;
    }

    public override string ToString() => Letters;
}
