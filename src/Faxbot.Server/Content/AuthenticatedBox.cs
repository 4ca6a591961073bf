using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Faxbot.Server.Content;

/// <summary>AES-256-GCM over short texts: nonce, ciphertext, tag.</summary>
internal static class AuthenticatedBox
{
    private const int NonceOctets = 12;
    private const int TagOctets = 16;

    /// <summary>What sealing adds.</summary>
    public const int Overhead = NonceOctets + TagOctets;

    /// <param name="key">32 octets.</param>
    /// <param name="text">What is sealed.</param>
    /// <param name="bound">What must be the same when it is opened.</param>
    public static byte[] Seal(byte[] key, ReadOnlySpan<byte> text, ReadOnlySpan<byte> bound)
    {
        var box = new byte[Overhead + text.Length];
        var nonce = box.AsSpan(0, NonceOctets);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagOctets);
        aes.Encrypt(nonce, text, box.AsSpan(NonceOctets, text.Length), box.AsSpan(NonceOctets + text.Length), bound);
        return box;
    }

    /// <summary>False when it was sealed with another key, with something else bound, or changed.</summary>
    public static bool TryOpen(byte[] key, ReadOnlySpan<byte> box, ReadOnlySpan<byte> bound, [NotNullWhen(true)] out byte[]? text)
    {
        text = null;
        if (box.Length < Overhead) return false;
        var opened = new byte[box.Length - Overhead];
        using var aes = new AesGcm(key, TagOctets);
        try
        {
            aes.Decrypt(box[..NonceOctets], box[NonceOctets..^TagOctets], box[^TagOctets..], opened, bound);
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }

        text = opened;
        return true;
    }
}
