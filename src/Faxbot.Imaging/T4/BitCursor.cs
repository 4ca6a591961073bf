using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Faxbot.Imaging.T4;

/// <summary>
/// Reads bits of a <see cref="BitQueue"/> where at least eight octets lie ahead: without a look at the end for every code word.
/// </summary>
internal ref struct BitCursor
{
    /// <summary>Bits that are certain after <see cref="Refill"/>.</summary>
    public const int Certain = 56;

    private readonly ref byte _octets;
    private readonly nint _last;
    private nint _next;
    private int _count;

    /// <param name="octets">The data.</param>
    /// <param name="position">The bit to begin with.</param>
    public BitCursor(ReadOnlySpan<byte> octets, long position)
    {
        _octets = ref MemoryMarshal.GetReference(octets);
        _last = octets.Length - sizeof(ulong);
        _next = (nint)(position >> 3);
        _count = -(int)(position & 7);
        if (!CanRefill) return;
        _count = 0;
        Refill();
        Skip((int)position & 7);
    }

    /// <summary>The next bits, from the topmost place on.</summary>
    public ulong Bits { get; private set; }

    /// <summary>The number of the next bit, counted from the first octet's first.</summary>
    public readonly long Position => ((long)_next << 3) - _count;

    /// <summary>Whether <see cref="Refill"/> reads data only.</summary>
    public readonly bool CanRefill => _next <= _last;

    /// <summary>Makes <see cref="Certain"/> bits certain. Only while <see cref="CanRefill"/>: nothing else keeps it in the data.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Refill()
    {
        var octets = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref _octets, _next));
        if (BitConverter.IsLittleEndian) octets = BinaryPrimitives.ReverseEndianness(octets);

        // Bits that do not fill an octet are or'ed in twice, with the same value.
        Bits |= octets >> _count;
        _next += (63 - _count) >> 3;
        _count |= Certain;
    }

    /// <summary>Takes bits away.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Skip(int count)
    {
        Bits <<= count;
        _count -= count;
    }
}
