namespace Faxbot.Fax.T38;

/// <summary>The secondary packets or parity messages of a datagram; for <c>foreach</c>. They were checked when it was parsed.</summary>
public readonly ref struct UdptlEntries
{
    private readonly ReadOnlySpan<byte> _source;

    internal UdptlEntries(ReadOnlySpan<byte> source, int count)
    {
        _source = source;
        Count = count;
    }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>Starts at the first.</summary>
    public Enumerator GetEnumerator() => new(_source, Count);

    internal static bool TryReadOne(scoped ref PerReader reader, out ReadOnlySpan<byte> octets, out bool fragmented)
    {
        octets = default;
        return reader.TryReadLength(out var length, out fragmented) && reader.TryReadOctets(length, out octets);
    }

    /// <summary>The walk of <c>foreach</c>.</summary>
    public ref struct Enumerator
    {
        private PerReader _reader;
        private ReadOnlySpan<byte> _current;
        private int _left;

        internal Enumerator(ReadOnlySpan<byte> source, int count)
        {
            _reader = new PerReader(source);
            _left = count;
        }

        /// <summary>The entry reached.</summary>
        public readonly ReadOnlySpan<byte> Current => _current;

        /// <summary>Goes to the next entry; false after the last.</summary>
        public bool MoveNext() => _left-- > 0 && TryReadOne(ref _reader, out _current, out _);
    }
}
