namespace Faxbot.Lines.Recordings;

/// <summary>What is played on a call: linear samples at 8 kHz, as G.711 carries them. Immutable.</summary>
public sealed class Recording
{
    /// <summary>Samples per second.</summary>
    public const int SampleRate = 8000;

    /// <summary>The longest recording.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private readonly short[] _samples;

    internal Recording(short[] samples) => _samples = samples;

    /// <summary>How long it is.</summary>
    public TimeSpan Length => TimeSpan.FromSeconds((double)_samples.Length / SampleRate);

    /// <summary>A sample by its number; silence before the first and after the last one.</summary>
    internal short this[long sample] => sample >= 0 && sample < _samples.Length ? _samples[sample] : (short)0;
}
