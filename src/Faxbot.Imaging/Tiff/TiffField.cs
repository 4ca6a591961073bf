namespace Faxbot.Imaging.Tiff;

/// <summary>One entry of a directory. Its values stay in the file, at <see cref="Offset"/>, and are known to lie within it.</summary>
internal readonly record struct TiffField(TiffTag Tag, TiffFieldType Type, uint Count, long Offset)
{
    /// <summary>Reads the first value of a field of unsigned whole numbers.</summary>
    public bool TryReadFirst(TiffSource source, out uint value)
    {
        value = 0;
        Span<byte> octets = stackalloc byte[4];
        if (Count == 0 || Type is not (TiffFieldType.Byte or TiffFieldType.Short or TiffFieldType.Long)) return false;
        var size = Type.Size();
        if (!source.TryRead(Offset, octets[..size])) return false;
        value = size switch { 1 => octets[0], 2 => source.ToUInt16(octets), _ => source.ToUInt32(octets) };
        return true;
    }

    /// <summary>Reads the first value as a positive number: a fraction, or a whole one as some writers have it.</summary>
    public bool TryReadFraction(TiffSource source, out double value)
    {
        value = 0;
        if (Type != TiffFieldType.Rational)
        {
            if (!TryReadFirst(source, out var whole)) return false;
            value = whole;
            return whole > 0;
        }

        Span<byte> octets = stackalloc byte[8];
        if (Count == 0 || !source.TryRead(Offset, octets)) return false;
        var (numerator, denominator) = (source.ToUInt32(octets), source.ToUInt32(octets[4..]));
        if (numerator == 0 || denominator == 0) return false;
        value = (double)numerator / denominator;
        return true;
    }
}
