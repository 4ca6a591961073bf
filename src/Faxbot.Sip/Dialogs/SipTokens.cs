using System.Buffers.Binary;
using Faxbot.Sip.Calls;
using Faxbot.Sip.Messages;

namespace Faxbot.Sip.Dialogs;

/// <summary>Makes the identifiers of RFC 3261 8.1.1 and 19.3, and the random times, out of the caller's entropy.</summary>
internal sealed class SipTokens(SipEntropySource entropy)
{
    /// <summary>64 bits; 19.3 asks for at least 32.</summary>
    public string NextTag() => NextHex(8);

    public string NextBranch() => SipVia.MagicCookie + NextHex(12);

    public string NextCallId() => NextHex(16);

    public string NextCnonce() => NextHex(8);

    /// <summary>A number from 0 to below the bound, each as likely.</summary>
    public int Next(int bound)
    {
        Span<byte> bytes = stackalloc byte[4];
        entropy(bytes);
        return (int)((ulong)BinaryPrimitives.ReadUInt32BigEndian(bytes) * (uint)bound >> 32);
    }

    /// <summary>From 0 to below 1.</summary>
    public double NextShare() => Next(1 << 20) / (double)(1 << 20);

    /// <summary>A first CSeq: small enough that a long call never reaches 2^31 (8.1.1.5).</summary>
    public uint NextSequence() => 1 + (uint)Next(1 << 16);

    private string NextHex(int length)
    {
        Span<byte> bytes = stackalloc byte[16];
        entropy(bytes[..length]);
        return Convert.ToHexStringLower(bytes[..length]);
    }
}
