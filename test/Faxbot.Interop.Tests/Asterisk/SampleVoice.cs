using System.Buffers.Binary;

namespace Faxbot.Interop.Tests.Asterisk;

/// <summary>A sound to be played, and whether it was heard.</summary>
internal static class SampleVoice
{
    private const int Rate = 8000, HeaderOctets = 44;

    /// <summary>From 300 Hz to 3000 Hz: like itself at one place alone.</summary>
    public static short[] Sweep(int seconds) =>
        [.. Enumerable.Range(0, seconds * Rate).Select(i => (short)(9000 * Math.Sin(2 * Math.PI * (300.0 * i / Rate + 1350.0 * i * i / ((double)Rate * Rate * seconds)))))];

    /// <summary>As a WAV file.</summary>
    public static byte[] Wav(short[] samples)
    {
        var file = new byte[HeaderOctets + 2 * samples.Length];
        "RIFF"u8.CopyTo(file);
        "WAVEfmt "u8.CopyTo(file.AsSpan(8));
        "data"u8.CopyTo(file.AsSpan(36));
        foreach (var (at, value) in (ReadOnlySpan<(int, int)>)[(4, file.Length - 8), (16, 16), (20, 0x10001), (24, Rate), (28, 2 * Rate), (32, 0x100002), (40, 2 * samples.Length)])
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), value);
        for (var i = 0; i < samples.Length; i++) BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(HeaderOctets + 2 * i), samples[i]);
        return file;
    }

    /// <summary>Fails unless all of what was played is in what Asterisk wrote down.</summary>
    public static void AssertHeard(short[] played, byte[] file)
    {
        var heard = Samples(file);
        var (lag, likeness) = BestFit(played, heard);
        Assert.True(likeness > 0.98, $"At {lag} of {heard.Length} samples, what was heard is like what was played by {likeness}.");
    }

    // Asterisk writes the plainest header: 44 octets, then linear samples of 8 kHz.
    private static short[] Samples(byte[] file)
    {
        Assert.Equal((Rate, "data"), (BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(24)), System.Text.Encoding.ASCII.GetString(file, 36, 4)));
        return [.. Enumerable.Range(0, (file.Length - HeaderOctets) / 2).Select(i => BinaryPrimitives.ReadInt16LittleEndian(file.AsSpan(HeaderOctets + 2 * i)))];
    }

    // The place in what was heard where all of what was played fits best, and the correlation there: 1 for the same, 0 for nothing in common.
    private static (int Lag, double Likeness) BestFit(short[] played, short[] heard) =>
        Enumerable.Range(0, Math.Max(0, heard.Length - played.Length + 1)).Select(lag => (lag, Correlation(played, heard, lag))).DefaultIfEmpty((-1, 0)).MaxBy(fit => fit.Item2);

    private static double Correlation(short[] played, short[] heard, int lag)
    {
        double product = 0, first = 0, second = 0;
        for (var i = 0; i < played.Length; i++)
        {
            var (p, h) = ((double)played[i], (double)heard[lag + i]);
            product += p * h;
            first += p * p;
            second += h * h;
        }

        return second == 0 ? 0 : product / Math.Sqrt(first * second);
    }
}
