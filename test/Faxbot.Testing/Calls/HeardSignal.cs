using Faxbot.Fax.T30;

namespace Faxbot.Testing.Calls;

/// <summary>What a machine sends, read to its end, and how long a modem takes for it.</summary>
internal sealed class HeardSignal
{
    private static readonly TimeSpan Preamble = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Training = TimeSpan.FromSeconds(0.25);

    private HeardSignal(Modulation? modulation)
    {
        Modulation = modulation;
    }

    /// <summary>CED.</summary>
    public static HeardSignal AnsweringTone { get; } = new(modulation: null) { Duration = TimeSpan.FromSeconds(2.6) };

    /// <summary>The modem; null for a tone.</summary>
    public Modulation? Modulation { get; }

    /// <summary>Its frames.</summary>
    public IReadOnlyList<byte[]> Frames { get; private init; } = [];

    /// <summary>Whether it is a training check.</summary>
    public bool IsTrainingCheck { get; private init; }

    /// <summary>Whether the modem trains short.</summary>
    public bool ShortTraining { get; private init; }

    /// <summary>The time on the line.</summary>
    public TimeSpan Duration { get; private init; }

    public static HeardSignal Of(Signal signal)
    {
        var octets = 0;
        List<byte[]> frames = [];
        if (signal is FrameSignal framed)
        {
            while (framed.TryReadFrame(out var frame)) frames.Add(frame.ToArray());
            octets = frames.Sum(frame => frame.Length + 3);
        }
        else if (signal is StreamSignal stream)
        {
            var buffer = new byte[1024];
            while (stream.Read(buffer) is > 0 and var count) octets += count;
        }

        return new HeardSignal(signal.Modulation)
        {
            Frames = frames,
            IsTrainingCheck = signal is StreamSignal { IsTrainingCheck: true },
            ShortTraining = signal.ShortTraining,
            Duration = (signal.Modulation == Fax.T30.Modulation.V21 ? Preamble : Training) + TimeSpan.FromSeconds(octets * 8.0 / signal.Modulation.BitRate()),
        };
    }

    /// <summary>As a script would write it.</summary>
    public override string ToString() => Modulation switch
    {
        null => "CED",
        Fax.T30.Modulation.V21 => string.Join(' ', Frames.Select(Name)),
        { } modulation when Frames.Count > 0 => $"ECM:{CallWords.Of(modulation)}/{string.Join(',', ImageFrames)}",
        { } modulation => $"{(IsTrainingCheck ? "TCF" : "PAGE")}:{CallWords.Of(modulation)}",
    };

    /// <summary>The numbers of its FCD frames.</summary>
    public IEnumerable<int> ImageFrames => from frame in Frames where frame[2] == (byte)FrameType.Fcd select (int)CallFrame.Reverse(frame[3]);

    /// <summary>Whether it is what a script expects.</summary>
    public bool Matches(CallLine line)
    {
        var words = line.Subjects;
        var parts = words[0].Split(':', 2);
        switch (parts[0])
        {
            case "CED":
                return Modulation is null;
            case "TCF" or "PAGE":
                return Modulation is { } stream and not Fax.T30.Modulation.V21 && Frames.Count == 0 && IsTrainingCheck == (parts[0] == "TCF")
                    && (parts.Length == 1 || parts[1] == CallWords.Of(stream));
            case "ECM":
                return Modulation is { } image and not Fax.T30.Modulation.V21 && Frames.Count > 0 && (parts.Length == 1 || MatchesImage(image, parts[1].Split('/')));
            default:
                return Modulation == Fax.T30.Modulation.V21 && words.Count == Frames.Count && words.Zip(Frames).All(pair => new CallFrame(line, pair.First).Matches(pair.Second));
        }
    }

    // RATE or RATE/FRAMES; RCP comes three times behind the frames (T.4 A.3.6.3).
    private bool MatchesImage(Modulation modulation, string[] parts) =>
        parts[0] == CallWords.Of(modulation)
        && Frames.TakeLast(3).All(frame => frame[2] == (byte)FrameType.Rcp)
        && (parts.Length == 1 || ImageFrames.SequenceEqual(CallFrame.Numbers(parts[1])));

    private static string Name(byte[] frame) => T30Frame.TryParse(frame, out var parsed) ? $"{parsed.Type.ToString().ToUpperInvariant()}[{Convert.ToHexString(parsed.Information)}]" : "?";
}
