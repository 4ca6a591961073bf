namespace Faxbot.Lines.Recordings;

/// <summary>Why a file is no recording that can be played.</summary>
public enum WavError
{
    /// <summary>It is one.</summary>
    None,
    /// <summary>It is no WAV file.</summary>
    NotWav,
    /// <summary>It ends within its header.</summary>
    Truncated,
    /// <summary>It does not say how it is coded before its samples.</summary>
    NoFormat,
    /// <summary>It is coded in a way that a call cannot play.</summary>
    Coding,
    /// <summary>It has more than one channel.</summary>
    Channels,
    /// <summary>Its samples have the wrong size.</summary>
    Bits,
    /// <summary>It has the wrong number of samples a second.</summary>
    SampleRate,
    /// <summary>It holds no sound.</summary>
    Empty,
    /// <summary>It is longer than a call plays.</summary>
    TooLong,
}

/// <summary>Errors for people.</summary>
public static class WavErrorExtensions
{
    private const string Convert = "Convert it: ffmpeg -i INPUT -ar 8000 -ac 1 -c:a pcm_s16le OUTPUT.wav";

    /// <summary>What is wrong and how to mend it.</summary>
    public static string Explain(this WavError error) => error switch
    {
        WavError.NotWav => $"It is no WAV file: it does not begin with RIFF and WAVE. {Convert}",
        WavError.Truncated => "The file ends within its header: upload all of it.",
        WavError.NoFormat => $"The file has no fmt chunk before its samples. {Convert}",
        WavError.Coding => $"Its coding cannot be played on a call: 16-bit linear, A-law and mu-law can. {Convert}",
        WavError.Channels => $"It has more than one channel, and a call has one. {Convert}",
        WavError.Bits => $"Linear samples must have 16 bits, A-law and mu-law 8. {Convert}",
        WavError.SampleRate => $"It must have 8000 samples a second, or 16000 where it is linear. {Convert}",
        WavError.Empty => "There is no sound in the file.",
        WavError.TooLong => $"A recording may be {Recording.Longest.TotalMinutes:0} minutes long.",
        _ => "It can be played.",
    };
}
