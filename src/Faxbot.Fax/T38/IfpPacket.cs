namespace Faxbot.Fax.T38;

/// <summary>
/// An IFP packet (T.38 clause 7, syntax in annex A, aligned PER): either an indicator or data of one modulation in fields.
/// It refers to the octets that were parsed and copies nothing.
/// </summary>
public readonly ref struct IfpPacket
{
    /// <summary>The most data fields that a packet may have; real ones have up to about four.</summary>
    public const int MaxFields = 256;

    private const int MaxOctets = ushort.MaxValue;

    private IfpPacket(bool isData, T38Indicator indicator, T38DataType dataType, IfpFields fields, int length)
    {
        IsData = isData;
        Indicator = indicator;
        DataType = dataType;
        Fields = fields;
        Length = length;
    }

    /// <summary>Whether this is data, and not an indicator.</summary>
    public bool IsData { get; }

    /// <summary>The indicator; <see cref="T38Indicator.Unknown"/> for data and for an indicator newer than this code.</summary>
    public T38Indicator Indicator { get; }

    /// <summary>The modulation; <see cref="T38DataType.Unknown"/> for an indicator and for a modulation newer than this code.</summary>
    public T38DataType DataType { get; }

    /// <summary>The data fields in their order. An indicator should have none, and those of one mean nothing.</summary>
    public IfpFields Fields { get; }

    /// <summary>The octets that the packet takes; what follows them in the source is padding (of a packet restored by FEC).</summary>
    public int Length { get; }

    /// <summary>Reads one packet.</summary>
    /// <param name="source">The packet, which may be followed by padding.</param>
    /// <param name="version">The T.38 version of the call: 0 has the syntax of 1998, any other the corrected one.</param>
    /// <param name="packet">The packet, of use only where the result is <see cref="IfpError.None"/>.</param>
    public static IfpError TryParse(ReadOnlySpan<byte> source, int version, out IfpPacket packet)
    {
        packet = default;
        if (source.Length > MaxOctets)
            return IfpError.TooLong;
        var reader = new PerReader(source);
        if (!reader.TryReadBits(3, out var head))
            return IfpError.Truncated;
        var hasFields = (head & 4) != 0;
        var isData = (head & 2) != 0;
        if (!TryReadEnumerated(ref reader, extended: (head & 1) != 0, roots: isData ? 9 : 16, out var value))
            return IfpError.Truncated;

        IfpFields fields = default;
        if (hasFields)
        {
            var error = TryReadFields(ref reader, version <= 0 ? IfpSyntax.Original : IfpSyntax.Corrected, out fields);
            if (error != IfpError.None)
                return error;
        }
        packet = isData
            ? new IfpPacket(true, T38Indicator.Unknown, Known(value, T38DataType.V33Rate14400), fields, reader.OctetsRead)
            : new IfpPacket(false, Known(value, T38Indicator.V33Training14400), T38DataType.Unknown, fields, reader.OctetsRead);
        return IfpError.None;
    }

    // Both enumerations have roots that need four bits; what the nine roots of t30-data leave free is unknown, not wrong.
    private static bool TryReadEnumerated(scoped ref PerReader reader, bool extended, int roots, out int value)
    {
        if (!extended)
        {
            if (!reader.TryReadBits(4, out value))
                return false;
            if (value >= roots)
                value = int.MaxValue;
            return true;
        }
        if (!reader.TryReadSmallNumber(out value))
            return false;
        if (value < byte.MaxValue)
            value += roots;
        return true;
    }

    private static T38Indicator Known(int value, T38Indicator last) => value <= (int)last ? (T38Indicator)value : T38Indicator.Unknown;

    private static T38DataType Known(int value, T38DataType last) => value <= (int)last ? (T38DataType)value : T38DataType.Unknown;

    // X.691 puts no padding between a field without data and the next; libspandsp wants one in versions 1 to 3. The packet's end tells
    // the two apart: the reading that uses all octets and finds zeros as padding is right; the standard's where both do; and where neither
    // does, the one that leaves nothing but the zeros that FEC may add.
    private static IfpError TryReadFields(scoped ref PerReader reader, IfpSyntax syntax, out IfpFields fields)
    {
        fields = default;
        if (!reader.TryReadLength(out var count, out var fragmented))
            return fragmented ? IfpError.FragmentedLength : IfpError.Truncated;
        if (count > MaxFields)
            return IfpError.TooManyFields;
        fields = new IfpFields(reader.Rest, count, syntax);
        var octets = fields.Measure(out var exact);
        if (!exact)
        {
            var aligned = new IfpFields(reader.Rest, count, syntax | IfpSyntax.AlignedFields);
            var alignedOctets = aligned.Measure(out exact);
            if (exact || (octets < 0 && alignedOctets >= 0 && !reader.Rest[alignedOctets..].ContainsAnyExcept((byte)0)))
            {
                fields = aligned;
                octets = alignedOctets;
            }
        }
        if (octets < 0)
            return IfpError.Truncated;
        reader.TryReadOctets(octets, out _);
        return IfpError.None;
    }
}
