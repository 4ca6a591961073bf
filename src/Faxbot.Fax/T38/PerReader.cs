using System.Buffers.Binary;

namespace Faxbot.Fax.T38;

/// <summary>
/// A cursor over the aligned variant of the packed encoding rules (X.691). A read succeeds or leaves the cursor where it was.
/// The source must be shorter than 2^28 octets.
/// </summary>
internal ref struct PerReader(ReadOnlySpan<byte> source)
{
    private readonly ReadOnlySpan<byte> _source = source;
    private int _bit;

    /// <summary>The octets begun so far.</summary>
    public readonly int OctetsRead => (_bit + 7) >> 3;

    /// <summary>The whole octets that are left.</summary>
    public readonly int OctetsLeft => _source.Length - OctetsRead;

    /// <summary>The whole octets that are left, from the next octet boundary on.</summary>
    public readonly ReadOnlySpan<byte> Rest => _source[OctetsRead..];

    /// <summary>Whether the bits up to the next octet boundary are zeros, as padding must be.</summary>
    public readonly bool PaddingIsZero => (_bit & 7) == 0 || (_source[_bit >> 3] & (0xFF >> (_bit & 7))) == 0;

    /// <summary>Skips to the next octet boundary.</summary>
    public void Align() => _bit = OctetsRead << 3;

    /// <summary>Reads a field of 1 to 8 bits.</summary>
    public bool TryReadBits(int count, out int value)
    {
        value = 0;
        if ((_source.Length << 3) - _bit < count)
            return false;
        var octet = _bit >> 3;
        var window = _source[octet] << 8;
        if (octet + 1 < _source.Length)
            window |= _source[octet + 1];
        value = (window >> (16 - (_bit & 7) - count)) & ((1 << count) - 1);
        _bit += count;
        return true;
    }

    /// <summary>Reads one aligned octet.</summary>
    public bool TryReadOctet(out int value)
    {
        value = 0;
        if (OctetsLeft < 1)
            return false;
        value = _source[OctetsRead];
        _bit = (OctetsRead + 1) << 3;
        return true;
    }

    /// <summary>Reads an aligned number of two octets (X.691 10.5.7.3).</summary>
    public bool TryReadUInt16(out int value)
    {
        value = 0;
        if (OctetsLeft < 2)
            return false;
        value = BinaryPrimitives.ReadUInt16BigEndian(_source[OctetsRead..]);
        _bit = (OctetsRead + 2) << 3;
        return true;
    }

    /// <summary>
    /// Reads an unconstrained length (X.691 10.9.3.5 to 10.9.3.7). <paramref name="fragmented"/> says that it failed
    /// because the length has the form for 16K and more.
    /// </summary>
    public bool TryReadLength(out int value, out bool fragmented)
    {
        value = 0;
        fragmented = false;
        if (OctetsLeft < 1)
            return false;
        int first = _source[OctetsRead];
        if (first < 0x80)
        {
            value = first;
            _bit = (OctetsRead + 1) << 3;
            return true;
        }
        fragmented = first >= 0xC0;
        if (fragmented || OctetsLeft < 2)
            return false;
        value = ((first & 0x3F) << 8) | _source[OctetsRead + 1];
        _bit = (OctetsRead + 2) << 3;
        return true;
    }

    /// <summary>Reads that many aligned octets without copying them.</summary>
    public bool TryReadOctets(int count, out ReadOnlySpan<byte> octets)
    {
        octets = default;
        if (OctetsLeft < count)
            return false;
        octets = _source.Slice(OctetsRead, count);
        _bit = (OctetsRead + count) << 3;
        return true;
    }

    /// <summary>
    /// Reads a normally small non-negative number (X.691 10.6), the index of an extension addition. What does not fit
    /// comes back as <see cref="int.MaxValue"/>.
    /// </summary>
    public bool TryReadSmallNumber(out int value)
    {
        var start = _bit;
        if (TryReadBits(1, out var large))
        {
            if (large == 0 && TryReadBits(6, out value))
                return true;
            if (large == 1 && TryReadLength(out var length, out _) && TryReadOctets(length, out var octets))
            {
                octets = octets.TrimStart((byte)0);
                value = octets.Length switch { 0 => 0, 1 => octets[0], _ => int.MaxValue };
                return true;
            }
        }
        _bit = start;
        value = 0;
        return false;
    }
}
