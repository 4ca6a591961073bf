using System.Buffers.Binary;
using Faxbot.Sip.Calls;

namespace Faxbot.Sip.Tests.Calls;

/// <summary>Repeatable entropy (splitmix64), and the dice of the simulated network.</summary>
internal sealed class SeededEntropy(ulong seed)
{
    private ulong _state = seed * 0x9E3779B97F4A7C15 + 1;

    public SipEntropySource Source => Fill;

    public double NextDouble() => (Next() >> 11) / (double)(1UL << 53);

    public int Next(int bound) => (int)(Next() % (ulong)bound);

    private ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    private void Fill(Span<byte> destination)
    {
        Span<byte> word = stackalloc byte[8];
        while (destination.Length > 0)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(word, Next());
            var count = Math.Min(8, destination.Length);
            word[..count].CopyTo(destination);
            destination = destination[count..];
        }
    }
}
