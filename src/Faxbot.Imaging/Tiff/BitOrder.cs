using System.Runtime.InteropServices;

namespace Faxbot.Imaging.Tiff;

/// <summary>TIFF's FillOrder 2: the leftmost pixel, or the first bit of a code word, is the least significant bit.</summary>
internal static class BitOrder
{
    /// <summary>Turns each octet around.</summary>
    public static void Reverse(Span<byte> octets)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(octets);
        foreach (ref var word in words) word = Reverse(word);
        foreach (ref var octet in octets[(words.Length * sizeof(ulong))..]) octet = (byte)Reverse(octet);
    }

    // Swaps neighbouring bits, pairs and nibbles, so the octets stay where they are.
    private static ulong Reverse(ulong word)
    {
        word = ((word >> 1) & 0x5555_5555_5555_5555) | ((word & 0x5555_5555_5555_5555) << 1);
        word = ((word >> 2) & 0x3333_3333_3333_3333) | ((word & 0x3333_3333_3333_3333) << 2);
        return ((word >> 4) & 0x0F0F_0F0F_0F0F_0F0F) | ((word & 0x0F0F_0F0F_0F0F_0F0F) << 4);
    }
}
