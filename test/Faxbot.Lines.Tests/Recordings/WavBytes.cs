using System.Buffers.Binary;

namespace Faxbot.Lines.Tests.Recordings;

/// <summary>Writes WAV files, field by field.</summary>
internal static class WavBytes
{
    public static short[] Sine(int rate, double frequency, double seconds) =>
        [.. Enumerable.Range(0, (int)(rate * seconds)).Select(i => (short)(8000 * Math.Sin(2 * Math.PI * frequency * i / rate)))];

    public static byte[] Linear(int rate, short[] samples) => File(Format(1, 1, rate, 16), Chunk("data", Octets(samples)));

    public static byte[] File(params byte[][] chunks)
    {
        byte[] content = [.. "WAVE"u8, .. chunks.SelectMany(chunk => chunk)];
        return [.. "RIFF"u8, .. Number(content.Length), .. content];
    }

    public static byte[] Format(ushort tag, ushort channels, int rate, ushort bits, params byte[] more)
    {
        var block = channels * bits / 8;
        return Chunk("fmt ", [.. Short(tag), .. Short(channels), .. Number(rate), .. Number(rate * block), .. Short((ushort)block), .. Short(bits), .. more]);
    }

    public static byte[] Chunk(string name, byte[] content) => [.. System.Text.Encoding.ASCII.GetBytes(name), .. Number(content.Length), .. content, .. new byte[content.Length % 2]];

    public static byte[] Octets(short[] samples) => [.. samples.SelectMany(sample => Short((ushort)sample))];

    private static byte[] Short(ushort value)
    {
        var octets = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(octets, value);
        return octets;
    }

    private static byte[] Number(int value)
    {
        var octets = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(octets, value);
        return octets;
    }
}
