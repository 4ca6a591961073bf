using System.Buffers.Binary;
using Faxbot.Lines.Recordings;

namespace Faxbot.Sdk.Testing.Harness;

/// <summary>The recording that tests play: a tone of half a second, the same each time.</summary>
internal static class SampleRecording
{
    private const int HeaderOctets = 44, Rate = 8000, Samples = Rate / 2, Frequency = 440;
    private const short Amplitude = 8000;

    /// <summary>As a call plays it.</summary>
    public static Recording Read() =>
        WavFile.TryRead(Wav(), out var recording) == WavError.None ? recording! : throw new InvalidOperationException("The sample is no WAV file.");

    /// <summary>As a WAV file: 16-bit linear, one channel, 8 kHz.</summary>
    public static byte[] Wav()
    {
        var file = new byte[HeaderOctets + 2 * Samples];
        "RIFF"u8.CopyTo(file);
        "WAVEfmt "u8.CopyTo(file.AsSpan(8));
        "data"u8.CopyTo(file.AsSpan(36));
        foreach (var (at, value) in (ReadOnlySpan<(int, int)>)[(4, file.Length - 8), (16, 16), (24, Rate), (28, 2 * Rate), (40, 2 * Samples)])
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), value);
        // Linear, one channel, two octets a sample, 16 bits.
        foreach (var (at, value) in (ReadOnlySpan<(int, short)>)[(20, 1), (22, 1), (32, 2), (34, 16)])
            BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(at), value);
        for (var i = 0; i < Samples; i++)
            BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(HeaderOctets + 2 * i), (short)(Amplitude * Math.Sin(2 * Math.PI * Frequency * i / Rate)));
        return file;
    }
}
