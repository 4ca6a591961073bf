using System.Numerics;

namespace Faxbot.Fax.T38;

/// <summary>The exclusive or of packets of different lengths, the shorter ones filled with zeros (T.38 9.1.4).</summary>
internal static class Parity
{
    /// <summary>Folds as much of <paramref name="packet"/> into <paramref name="message"/> as has room there.</summary>
    public static void Fold(Span<byte> message, ReadOnlySpan<byte> packet)
    {
        var length = Math.Min(message.Length, packet.Length);
        var i = 0;
        for (; length - i >= Vector<byte>.Count; i += Vector<byte>.Count)
            (new Vector<byte>(message[i..]) ^ new Vector<byte>(packet[i..])).CopyTo(message[i..]);
        for (; i < length; i++)
            message[i] ^= packet[i];
    }
}
