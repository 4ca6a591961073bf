namespace Faxbot.Fax.T30;

/// <summary>The numbered bits of a DIS, DTC or DCS information field: bit 1 is sent first (T.30 table 2). Missing octets read as 0.</summary>
internal static class FieldBits
{
    public static bool Bit(this ReadOnlySpan<byte> field, int number)
    {
        var index = number - 1;
        return index >> 3 < field.Length && (field[index >> 3] & (0x80 >> (index & 7))) != 0;
    }

    public static int Bits(this ReadOnlySpan<byte> field, int first, int count)
    {
        var value = 0;
        for (var i = 0; i < count; i++) value = (value << 1) | (field.Bit(first + i) ? 1 : 0);
        return value;
    }

    public static void SetBit(this Span<byte> field, int number, bool value = true)
    {
        var index = number - 1;
        if (value) field[index >> 3] |= (byte)(0x80 >> (index & 7));
    }

    public static void SetBits(this Span<byte> field, int first, int count, int value)
    {
        for (var i = 0; i < count; i++) field.SetBit(first + i, ((value >> (count - 1 - i)) & 1) != 0);
    }

    /// <summary>Drops trailing octets that say nothing and sets the extend bits (24, 32, 40 ...) before those that stay.</summary>
    public static byte[] Finish(Span<byte> field)
    {
        var length = field.Length;
        while (length > 3 && field[length - 1] == 0) length--;
        for (var octet = 2; octet < length - 1; octet++) field[octet] |= 1;
        return field[..length].ToArray();
    }
}
