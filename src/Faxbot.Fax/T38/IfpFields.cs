namespace Faxbot.Fax.T38;

/// <summary>The data fields of an IFP packet in their order; for <c>foreach</c>. They were checked when the packet was parsed.</summary>
public readonly ref struct IfpFields
{
    private readonly ReadOnlySpan<byte> _source;
    private readonly IfpSyntax _syntax;

    internal IfpFields(ReadOnlySpan<byte> source, int count, IfpSyntax syntax)
    {
        _source = source;
        Count = count;
        _syntax = syntax;
    }

    /// <summary>How many fields there are.</summary>
    public int Count { get; }

    /// <summary>Starts at the first field.</summary>
    public Enumerator GetEnumerator() => new(_source, Count, _syntax);

    /// <summary>
    /// Walks all fields: the octets they take, or -1 where one is truncated. <paramref name="exact"/> says that they take all
    /// octets and end in the right padding.
    /// </summary>
    internal int Measure(out bool exact)
    {
        exact = false;
        var reader = new PerReader(_source);
        for (var i = 0; i < Count; i++)
        {
            if (!TryReadField(ref reader, _syntax, out _))
                return -1;
        }
        exact = reader.OctetsLeft == 0 && reader.PaddingIsZero;
        return reader.OctetsRead;
    }

    private static bool TryReadField(scoped ref PerReader reader, IfpSyntax syntax, out IfpField field)
    {
        field = default;
        if (!reader.TryReadBits(1, out var hasData) || !TryReadType(ref reader, syntax, out var type))
            return false;
        ReadOnlySpan<byte> data = default;
        if (hasData == 1)
        {
            // SIZE (1..65535): a constrained length of two aligned octets that counts from 1 (X.691 10.9.4.1, 16.8).
            if (!reader.TryReadUInt16(out var length) || !reader.TryReadOctets(length + 1, out data))
                return false;
        }
        else if ((syntax & IfpSyntax.AlignedFields) != 0)
        {
            reader.Align();
        }
        field = new IfpField(type, data);
        return true;
    }

    private static bool TryReadType(scoped ref PerReader reader, IfpSyntax syntax, out T38FieldType type)
    {
        type = T38FieldType.Unknown;
        var extended = 0;
        if ((syntax & IfpSyntax.Corrected) != 0 && !reader.TryReadBits(1, out extended))
            return false;
        if (extended == 0)
        {
            if (!reader.TryReadBits(3, out var root))
                return false;
            type = (T38FieldType)root;
            return true;
        }
        if (!reader.TryReadSmallNumber(out var addition))
            return false;
        if (addition <= T38FieldType.V34Rate - T38FieldType.CmMessage)
            type = T38FieldType.CmMessage + (byte)addition;
        return true;
    }

    /// <summary>The walk of <c>foreach</c>.</summary>
    public ref struct Enumerator
    {
        private readonly IfpSyntax _syntax;
        private PerReader _reader;
        private IfpField _current;
        private int _left;

        internal Enumerator(ReadOnlySpan<byte> source, int count, IfpSyntax syntax)
        {
            _reader = new PerReader(source);
            _left = count;
            _syntax = syntax;
        }

        /// <summary>The field reached.</summary>
        public readonly IfpField Current => _current;

        /// <summary>Goes to the next field; false after the last.</summary>
        public bool MoveNext() => _left-- > 0 && TryReadField(ref _reader, _syntax, out _current);
    }
}
