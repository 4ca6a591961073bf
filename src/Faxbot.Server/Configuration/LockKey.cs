using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Faxbot.Server.Configuration;

/// <summary>A key of 32 octets that is never shown; in text it is base64 or hexadecimal.</summary>
internal sealed class LockKey : IEquatable<LockKey>
{
    /// <summary>What stands for it wherever it is shown.</summary>
    public const string Mask = "***";

    private const int Length = 32;

    private LockKey(byte[] octets) => Octets = octets;

    public byte[] Octets { get; }

    public static bool TryParse(string text, [NotNullWhen(true)] out LockKey? key)
    {
        var octets = new byte[Length];
        var isWhole = text.Length == 2 * Length
            ? Convert.FromHexString(text, octets, out _, out var written) == OperationStatus.Done
            : Convert.TryFromBase64String(text, octets, out written);
        key = isWhole && written == Length ? new LockKey(octets) : null;
        return key is not null;
    }

    public bool Equals(LockKey? other) => other is not null && CryptographicOperations.FixedTimeEquals(Octets, other.Octets);

    public override bool Equals(object? obj) => Equals(obj as LockKey);

    public override int GetHashCode() => BitConverter.ToInt32(Octets);

    public override string ToString() => Mask;
}
