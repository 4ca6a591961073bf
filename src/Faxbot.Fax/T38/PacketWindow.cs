namespace Faxbot.Fax.T38;

/// <summary>
/// Received packets in the order of their (unwrapped) sequence numbers: first those that were handed over and are kept for parity,
/// then those that wait. Memory follows the real lengths and is bounded by <see cref="MaxWaiting"/> packets and those kept.
/// </summary>
internal sealed class PacketWindow
{
    public const int MaxWaiting = 128;

    // Entries behind _count are spare; they keep their buffers.
    private Entry[] _entries = new Entry[4];
    private int _count;
    private int _taken;

    internal struct Entry
    {
        public long Sequence;
        public byte[]? Octets;
        public int Length;
        public bool Recovered;

        public readonly ReadOnlySpan<byte> Packet => Octets.AsSpan(0, Length);
    }

    public int Waiting => _count - _taken;

    /// <summary>How many of the waiting came in a datagram of their own.</summary>
    public int WaitingPrimaries
    {
        get
        {
            var primaries = 0;
            for (var i = _taken; i < _count; i++)
                primaries += _entries[i].Recovered ? 0 : 1;
            return primaries;
        }
    }

    /// <summary>The first that waits; there must be one.</summary>
    public ref readonly Entry First => ref _entries[_taken];

    public long LastSequence => _entries[_count - 1].Sequence;

    /// <summary>Counts the first that waits as handed over; its octets stay until <see cref="Forget"/>.</summary>
    public ref readonly Entry Take() => ref _entries[_taken++];

    /// <summary>Drops what was handed over but the last <paramref name="kept"/>.</summary>
    public void Forget(int kept)
    {
        while (_taken > kept)
        {
            var spare = _entries[0];
            Array.Copy(_entries, 1, _entries, 0, _count - 1);
            _entries[--_count] = spare;
            _taken--;
        }
    }

    /// <summary>Whether the packet is known, handed over or not.</summary>
    public bool TryFind(long sequence, out ReadOnlySpan<byte> packet)
    {
        var at = Position(sequence);
        var found = at < _count && _entries[at].Sequence == sequence;
        packet = found ? _entries[at].Packet : default;
        return found;
    }

    /// <summary>Whether all packets from one up to, not including, another wait here.</summary>
    public bool HasAll(long from, long to)
    {
        var at = Position(from);
        var last = at + (to - from) - 1;
        return to <= from || (last < _count && _entries[at].Sequence == from && _entries[(int)last].Sequence == to - 1);
    }

    /// <summary>
    /// Makes room for a packet, which the caller fills. False where it is known already or too much waits. An empty packet gives way to one
    /// with the same number that is not.
    /// </summary>
    public bool TryAdd(long sequence, int length, bool recovered, out Span<byte> octets)
    {
        octets = default;
        var at = Position(sequence);
        if (at < _count && _entries[at].Sequence == sequence)
        {
            if (at < _taken || length == 0 || _entries[at].Length != 0)
                return false;
        }
        else
        {
            if (at < _taken || Waiting == MaxWaiting)
                return false;
            Insert(at);
        }
        ref var entry = ref _entries[at];
        if (entry.Octets is null || entry.Octets.Length < length)
            entry.Octets = GC.AllocateUninitializedArray<byte>((length + 63) & ~63);
        entry.Sequence = sequence;
        entry.Length = length;
        entry.Recovered = recovered;
        octets = entry.Octets.AsSpan(0, length);
        return true;
    }

    /// <summary>
    /// Adds the one packet that is missing of those that a parity message covers: <paramref name="span"/> of them,
    /// <paramref name="step"/> apart. Nothing happens when none or more are missing, or one that is not wanted any more.
    /// </summary>
    public void TryRepair(ReadOnlySpan<byte> message, long oldest, int step, int span, long notBefore)
    {
        var missing = -1L;
        for (var i = 0; i < span; i++)
        {
            if (TryFind(oldest + i * step, out _))
                continue;
            if (missing >= 0)
                return;
            missing = oldest + i * step;
        }
        if (missing < notBefore || message.IsEmpty || !TryAdd(missing, message.Length, recovered: true, out var octets))
            return;
        message.CopyTo(octets);
        for (var i = 0; i < span; i++)
        {
            var other = oldest + i * step;
            if (other != missing && TryFind(other, out var packet))
                Parity.Fold(octets, packet);
        }
    }

    private void Insert(int at)
    {
        if (_count == _entries.Length)
            Array.Resize(ref _entries, _count * 2);
        var spare = _entries[_count];
        Array.Copy(_entries, at, _entries, at + 1, _count - at);
        _entries[at] = spare;
        _count++;
    }

    // Where the packet is, or would be put in. Mostly it is the newest.
    private int Position(long sequence)
    {
        if (_count == 0 || _entries[_count - 1].Sequence < sequence)
            return _count;
        int low = 0, high = _count - 1;
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (_entries[middle].Sequence < sequence)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
