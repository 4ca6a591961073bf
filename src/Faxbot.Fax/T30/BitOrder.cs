namespace Faxbot.Fax.T30;

/// <summary>T.30 sends numbers and digits least significant bit first; frames here are most significant bit first.</summary>
internal static class BitOrder
{
    /// <summary>The octet with its bits in reverse order.</summary>
    public static byte Reverse(byte octet)
    {
        // Three swaps: neighbours, pairs, halves.
        var value = (uint)octet;
        value = ((value & 0x55) << 1) | ((value >> 1) & 0x55);
        value = ((value & 0x33) << 2) | ((value >> 2) & 0x33);
        return (byte)((value << 4) | (value >> 4));
    }

    /// <summary>The 20 characters of an identification field, the last one first (T.30 5.3.6.2.4), as text without padding.</summary>
    public static string ReadIdentity(ReadOnlySpan<byte> field)
    {
        Span<char> text = stackalloc char[20];
        var length = Math.Min(field.Length, 20);
        for (var i = 0; i < length; i++)
        {
            var c = (char)Reverse(field[length - 1 - i]);
            text[i] = c is >= ' ' and < (char)127 ? c : ' ';
        }

        return text[..length].Trim().ToString();
    }

    /// <summary>Twenty octets for an identification field; longer texts lose their end, foreign characters become blanks.</summary>
    public static byte[] WriteIdentity(string identity)
    {
        var field = new byte[20];
        field.AsSpan().Fill(Reverse((byte)' '));
        for (var i = 0; i < Math.Min(identity.Length, 20); i++)
        {
            var c = identity[i] is >= ' ' and < (char)127 ? identity[i] : ' ';
            field[19 - i] = Reverse((byte)c);
        }

        return field;
    }
}
