using System.Buffers.Binary;
using System.Numerics;

namespace Faxbot.Imaging.T4;

/// <summary>Coded octets that came in and are not yet decoded, read as bits from the most significant one on.</summary>
internal sealed class BitQueue
{
    /// <summary>Zero octets kept behind the data, so that a peek near the end stays in the array.</summary>
    private const int Padding = 16;

    /// <summary>Bits that <see cref="Peek"/> shows for certain.</summary>
    public const int MostPeeked = 57;

    private byte[] _octets = new byte[256 + Padding];
    private int _end;
    private long _position;

    /// <summary>Whether no more octets will come.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Bits that can be read.</summary>
    public long Available => ((long)_end << 3) - _position;

    /// <summary>The next bits from the topmost place on, at least <see cref="MostPeeked"/> of them; zeros stand for those behind the end.</summary>
    public ulong Peek() => BinaryPrimitives.ReadUInt64BigEndian(_octets.AsSpan((int)(_position >> 3))) << (int)(_position & 7);

    /// <summary>Zeros before the next one, at most <see cref="MostPeeked"/> and at most as many as there are bits.</summary>
    public int LeadingZeros() => (int)Math.Min(Math.Min(BitOperations.LeadingZeroCount(Peek()), MostPeeked), Available);

    /// <summary>Takes bits away.</summary>
    /// <param name="count">At most <see cref="Available"/>.</param>
    public void Skip(int count) => _position += count;

    /// <summary>A faster reader of the same bits.</summary>
    public BitCursor Cursor() => new(_octets.AsSpan(0, _end), _position);

    /// <summary>Takes away what <paramref name="cursor"/> has read.</summary>
    public void MoveTo(in BitCursor cursor) => _position = cursor.Position;

    /// <summary>Takes the rest of an octet away that was begun.</summary>
    public void Align() => _position = (_position + 7) & ~7L;

    /// <summary>Adds octets; those already decoded make room for them.</summary>
    public void Append(ReadOnlySpan<byte> octets)
    {
        var consumed = (int)(_position >> 3);
        var rest = _octets.AsSpan(consumed, _end - consumed);
        var needed = checked(rest.Length + octets.Length + Padding);
        var target = needed <= _octets.Length ? _octets : new byte[Math.Max(needed, 2 * rest.Length)];
        rest.CopyTo(target);
        octets.CopyTo(target.AsSpan(rest.Length));
        _octets = target;
        _end = rest.Length + octets.Length;
        _position &= 7;
        _octets.AsSpan(_end, Padding).Clear();
    }

    /// <summary>No more octets will come.</summary>
    public void Complete() => IsComplete = true;
}
