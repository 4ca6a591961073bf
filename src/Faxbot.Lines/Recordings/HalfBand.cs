namespace Faxbot.Lines.Recordings;

/// <summary>Halves a sample rate: a low-pass that keeps what telephony carries (below 3.4 kHz of 16 kHz), then every second sample.</summary>
internal static class HalfBand
{
    private const int Reach = 32;
    // Of the sample rate before: 3.7 kHz at 16 kHz, between what is wanted and what would fold back.
    private const double Cutoff = 3700.0 / 16000;

    private static readonly double[] Taps = Design();

    /// <summary>Every second sample of the filtered signal.</summary>
    public static short[] Decimate(ReadOnlySpan<short> samples)
    {
        var halved = new short[(samples.Length + 1) / 2];
        for (var i = 0; i < halved.Length; i++)
        {
            var sum = 0.0;
            for (var k = Math.Max(-Reach, -2 * i); k <= Reach && 2 * i + k < samples.Length; k++) sum += Taps[k + Reach] * samples[2 * i + k];
            halved[i] = (short)Math.Clamp(Math.Round(sum), short.MinValue, short.MaxValue);
        }

        return halved;
    }

    // A sinc within a Blackman window, of unit gain at 0 Hz.
    private static double[] Design()
    {
        var taps = new double[2 * Reach + 1];
        for (var i = 0; i < taps.Length; i++)
        {
            var t = i - Reach;
            var sinc = t == 0 ? 2 * Cutoff : Math.Sin(2 * Math.PI * Cutoff * t) / (Math.PI * t);
            taps[i] = sinc * (0.42 + 0.5 * Math.Cos(Math.PI * t / Reach) + 0.08 * Math.Cos(2 * Math.PI * t / Reach));
        }

        var gain = taps.Sum();
        return [.. taps.Select(tap => tap / gain)];
    }
}
