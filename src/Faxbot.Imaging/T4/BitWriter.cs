using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Faxbot.Imaging.T4;

/// <summary>
/// Writes code words, most significant bit first. Every put stores eight octets without asking whether they are full,
/// which is cheaper than a branch that is taken at random; so eight octets past the last one must be writable.
/// </summary>
internal ref struct BitWriter
{
    private readonly ref byte _start;
    private nuint _position;
    private ulong _pending;
    private int _pendingBits;

    /// <param name="destination">Long enough for all that will be written and eight octets more; the caller has checked that.</param>
    /// <param name="pending">Bits left over from the last row, in the topmost places.</param>
    /// <param name="pendingBits">How many they are: 0 to 7.</param>
    public BitWriter(Span<byte> destination, ulong pending, int pendingBits)
    {
        _start = ref MemoryMarshal.GetReference(destination);
        _pending = pending;
        _pendingBits = pendingBits;
    }

    /// <summary>Whole octets written.</summary>
    public readonly int Octets => (int)_position;

    /// <summary>The bits of the octet that is not yet whole, in the topmost places.</summary>
    public readonly ulong Pending => _pending;

    /// <summary>How many bits are in <see cref="Pending"/>: 0 to 7.</summary>
    public readonly int PendingBits => _pendingBits;

    /// <summary>All bits so far, those before the first octet included.</summary>
    public readonly int BitPosition => ((int)_position << 3) + _pendingBits;

    /// <summary>Appends the low <paramref name="length"/> bits (at most 56) of <paramref name="bits"/>; the others must be 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Put(ulong bits, int length)
    {
        var count = _pendingBits + length;
        var all = _pending | (bits << (64 - count));
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref _start, _position),
            BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(all) : all);
        _position += (nuint)(uint)count >> 3;
        _pending = all << (count & 0x38);
        _pendingBits = count & 7;
    }

    public void Put(CodeWord word) => Put((uint)word.Bits, word.Length);

    /// <summary>Appends <paramref name="count"/> zero bits.</summary>
    public void Fill(int count)
    {
        for (; count > 56; count -= 56) Put(0, 56);
        if (count > 0) Put(0, count);
    }

    /// <summary>Zero bits up to the octet boundary.</summary>
    public void Align() => Put(0, -_pendingBits & 7);
}
