using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Faxbot.Server.Keys;

/// <summary>
/// What a caller shows: <c>fbk_live_</c>, twelve hexadecimal digits that name the key, <c>_</c>, and a secret. The secret is 256 random bits, so
/// one round of SHA-256 keeps it: a slow hash would only help to protect what can be guessed, and would cost every request.
/// </summary>
/// <param name="Id">Which key.</param>
/// <param name="Secret">Proves that it is the caller's.</param>
internal readonly record struct KeyToken(string Id, string Secret)
{
    private const string Prefix = "fbk_live_";
    private const int IdLength = 12;
    private const int LongestSecret = 128;

    public static KeyToken Create() => new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdLength / 2)), CreateSecret());

    public static bool TryParse(string? text, [NotNullWhen(true)] out KeyToken? token)
    {
        token = null;
        if (text is null || !text.StartsWith(Prefix, StringComparison.Ordinal)) return false;
        var rest = text.AsSpan(Prefix.Length);
        if (rest.Length < IdLength + 2 || rest.Length > IdLength + 1 + LongestSecret || rest[IdLength] != '_') return false;
        foreach (var letter in rest[..IdLength])
        {
            if (!char.IsAsciiHexDigitLower(letter)) return false;
        }

        token = new KeyToken(rest[..IdLength].ToString(), rest[(IdLength + 1)..].ToString());
        return true;
    }

    /// <summary>The same key with a new secret.</summary>
    public KeyToken Renew() => this with { Secret = CreateSecret() };

    /// <summary>What is kept of it.</summary>
    public byte[] Digest() => SHA256.HashData(Encoding.UTF8.GetBytes(Secret));

    /// <summary>As the caller shows it. A secret: it is shown once and never logged.</summary>
    public string Reveal() => $"{Prefix}{Id}_{Secret}";

    public override string ToString() => $"{Prefix}{Id}_*****";

    private static string CreateSecret() => System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
