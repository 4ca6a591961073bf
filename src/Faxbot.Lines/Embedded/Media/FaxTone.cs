namespace Faxbot.Lines.Embedded.Media;

/// <summary>The tones of T.30 clause 4 as linear samples at 8 kHz, from any sample on.</summary>
internal static class FaxTone
{
    /// <summary>Samples per second.</summary>
    public const int SampleRate = 8000;

    /// <summary>How long CED lasts: T.30 4.1 asks for 2.6 s to 4.0 s.</summary>
    public static readonly TimeSpan CedLength = TimeSpan.FromSeconds(3);

    // -13 dBm0, in the middle of what T.30 4.1 and 4.2 allow.
    private const double Amplitude = 5_100;

    /// <summary>CNG, T.30 4.2: 1100 Hz for 0.5 s, silence for 3 s, over and over.</summary>
    public static short Cng(long sample) => sample % (SampleRate * 7 / 2) < SampleRate / 2 ? Sine(1100, sample) : (short)0;

    /// <summary>CED, T.30 4.1: silence for 0.2 s, 2100 Hz for 3 s, then silence.</summary>
    public static short Ced(long sample)
    {
        const int start = SampleRate / 5;
        return sample >= start && sample < start + (long)(SampleRate * CedLength.TotalSeconds) ? Sine(2100, sample) : (short)0;
    }

    private static short Sine(int frequency, long sample) =>
        (short)(Amplitude * Math.Sin(2 * Math.PI * (frequency * sample % SampleRate) / SampleRate));
}
