using System.Buffers.Binary;
using Faxbot.Testing.Faxes;

namespace Faxbot.Fuzz.Targets;

/// <summary>Whole calls through a lossy network: the first four octets of an input are the seed of a <see cref="SeededCall"/>.</summary>
internal sealed class CallsTarget : IFuzzTarget
{
    public string Name => "calls";

    public long Inputs => 2000;

    public IEnumerable<byte[]> Seeds => [[0, 0, 0, 1], [0xAB, 0xCD, 0xEF, 0x01], [0x7F, 0xFF, 0xFF, 0xFF]];

    public int MaxLength => 4;

    // Every datagram of minutes of call time, and what is known of it.
    public long MaxAllocation => 256 << 20;

    public void Run(ReadOnlySpan<byte> input)
    {
        Span<byte> seed = stackalloc byte[4];
        input.CopyTo(seed);
        SeededCall.Play(BinaryPrimitives.ReadInt32BigEndian(seed));
    }
}
