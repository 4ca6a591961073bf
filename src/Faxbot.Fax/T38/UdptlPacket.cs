namespace Faxbot.Fax.T38;

/// <summary>One UDPTL datagram (T.38 clause 9.1, annex A), taken apart. It refers to the octets that were parsed.</summary>
public readonly ref struct UdptlPacket
{
    /// <summary>The most secondary packets or parity messages in a datagram.</summary>
    public const int MaxEntries = 128;

    private UdptlPacket(ushort sequence, ReadOnlySpan<byte> primary, bool isFec, int fecSpan, UdptlEntries entries)
    {
        Sequence = sequence;
        Primary = primary;
        IsFec = isFec;
        FecSpan = fecSpan;
        Entries = entries;
    }

    /// <summary><c>seq-number</c></summary>
    public ushort Sequence { get; }

    /// <summary><c>primary-ifp-packet</c>. Some devices send empty ones to keep a path open.</summary>
    public ReadOnlySpan<byte> Primary { get; }

    /// <summary>Whether <see cref="Entries"/> are parity messages, and not secondary packets.</summary>
    public bool IsFec { get; }

    /// <summary><c>fec-npackets</c>: how many packets each parity message covers.</summary>
    public int FecSpan { get; }

    /// <summary>The secondary packets, that before the primary first; or the parity messages.</summary>
    public UdptlEntries Entries { get; }

    /// <summary>Reads a datagram; octets behind its end are ignored.</summary>
    public static UdptlError TryParse(ReadOnlySpan<byte> source, out UdptlPacket packet)
    {
        packet = default;
        if (source.Length > ushort.MaxValue)
            return UdptlError.TooLong;
        var reader = new PerReader(source);
        if (!reader.TryReadUInt16(out var sequence))
            return UdptlError.Truncated;
        if (!UdptlEntries.TryReadOne(ref reader, out var primary, out var fragmented))
            return fragmented ? UdptlError.FragmentedLength : UdptlError.Truncated;
        if (!reader.TryReadOctet(out var choice))
            return UdptlError.Truncated;

        var isFec = (choice & 0x80) != 0;
        var span = 0;
        if (isFec && TryReadSpan(ref reader, out span) is var spanError and not UdptlError.None)
            return spanError;
        if (!reader.TryReadLength(out var count, out fragmented))
            return fragmented ? UdptlError.FragmentedLength : UdptlError.Truncated;
        if (count > MaxEntries)
            return UdptlError.TooManyEntries;
        var rest = reader.Rest;
        for (var i = 0; i < count; i++)
        {
            if (!UdptlEntries.TryReadOne(ref reader, out _, out fragmented))
                return fragmented ? UdptlError.FragmentedLength : UdptlError.Truncated;
        }
        packet = new UdptlPacket((ushort)sequence, primary, isFec, span, new UdptlEntries(rest, count));
        return UdptlError.None;
    }

    // fec-npackets is an INTEGER without bounds: a length, then a two's complement number.
    private static UdptlError TryReadSpan(scoped ref PerReader reader, out int span)
    {
        span = 0;
        if (!reader.TryReadLength(out var length, out var fragmented))
            return fragmented ? UdptlError.FragmentedLength : UdptlError.Truncated;
        if (!reader.TryReadOctets(length, out var octets))
            return UdptlError.Truncated;
        if (length == 0 || octets[0] >= 0x80)
            return UdptlError.BadFecSpan;
        octets = octets.TrimStart((byte)0);
        if (octets.Length > 1)
            return UdptlError.BadFecSpan;
        span = octets.IsEmpty ? 0 : octets[0];
        return UdptlError.None;
    }
}
