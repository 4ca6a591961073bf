using Faxbot.Fax.T30;

namespace Faxbot.Fax.T38;

/// <summary>
/// The sending half of a T.38 terminal: plays signals as IFP packets at the times when a modem would send their bits, each packet
/// when its first bit is due, so that a gateway behind the far end never runs dry.
/// </summary>
internal sealed class SignalPlayer(T38TerminalOptions options, int maxData)
{
    // T.30 5.2: silence of 75 ms +- 20 ms between signals of different modulation.
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(75);
    private static readonly TimeSpan CopyInterval = TimeSpan.FromMilliseconds(20);
    // T.30 4.2: CNG is 0.5 s on, 3 s off. The repeated indicator also keeps a path through NAT open.
    private static readonly TimeSpan CallingToneCycle = TimeSpan.FromSeconds(3.5);

    // A pump that was held up catches up at most this much; more would flood the far end.
    private readonly TimeSpan _mostCatchUp =
        options.Paced ? TimeSpan.FromMilliseconds(200) : options.UnpacedInterval * (Math.Max(1, options.UnpacedBurst) - 1);
    private readonly Queue<Part> _parts = new();
    private readonly byte[] _data = new byte[Math.Max(maxData, T30Frame.MaxLength)];
    private Part? _current;
    private Stage _stage;
    private TimeSpan _stageEnd;
    private TimeSpan? _due;
    private TimeSpan _quietUntil;
    private T38Indicator _indicator;
    private int _copiesLeft;
    private FrameCursor _cursor;
    private HdlcAirTime _airTime;

    private enum Stage
    {
        Idle,
        Begin,
        Training,
        Data,
        End,
    }

    /// <summary>When the next packet is due.</summary>
    public TimeSpan? Due => _due;

    /// <summary>What of the signal went out last.</summary>
    public UdptlContent Content => _current?.Signal is null or { Modulation: Modulation.V21 } ? UdptlContent.Control : UdptlContent.Image;

    /// <summary>Adds a signal behind those that wait.</summary>
    public void Play(Signal signal, TimeSpan now) => Enqueue(new Part(signal, T38Indicator.NoSignal), now);

    /// <summary>Adds the answering tone.</summary>
    public void PlayAnsweringTone(TimeSpan now) => Enqueue(new Part(null, T38Indicator.Ced), now);

    /// <summary>Begins the calling tone, which lasts until the next signal.</summary>
    public void PlayCallingTone(TimeSpan now) => Enqueue(new Part(null, T38Indicator.Cng), now);

    /// <summary>Ends the calling tone: the far end answers.</summary>
    public void StopCallingTone()
    {
        if (_current is not { Tone: T38Indicator.Cng }) return;
        _current = null;
        _stage = Stage.Idle;
        _due = null;
    }

    /// <summary>Breaks off everything; what was begun is ended with silence.</summary>
    public void Stop(TimeSpan now)
    {
        _parts.Clear();
        if (_current is null) return;
        _stage = Stage.End;
        _current = null;
        Announce(T38Indicator.NoSignal, now);
        _quietUntil = now + Wait(Silence);
    }

    /// <summary>
    /// Writes the packet that is due at <paramref name="now"/>, if one is. <paramref name="ended"/> tells that with it a signal or
    /// tone has been sent to its end.
    /// </summary>
    public int Next(TimeSpan now, Span<byte> packet, out bool ended)
    {
        ended = false;
        while (_due is { } due && due <= now)
        {
            if (now - due > _mostCatchUp) _due = due = now - _mostCatchUp;
            var length = _copiesLeft > 0 ? WriteIndicator(packet, due) : Advance(packet, due, out ended);
            if (length > 0 || ended) return length;
        }

        return 0;
    }

    private void Enqueue(Part part, TimeSpan now)
    {
        // The calling tone gives way to anything else.
        StopCallingTone();
        _parts.Enqueue(part);
        if (_stage == Stage.Idle) Begin(now);
    }

    private void Begin(TimeSpan now)
    {
        if (!_parts.TryDequeue(out _current)) return;
        _stage = Stage.Begin;
        _copiesLeft = 0;
        _due = now > _quietUntil ? now : _quietUntil;
    }

    private int Advance(Span<byte> packet, TimeSpan due, out bool ended)
    {
        ended = false;
        switch (_stage)
        {
            case Stage.Begin:
                StartTraining(due);
                return 0;
            case Stage.Training when _current!.Tone == T38Indicator.Cng:
                Announce(T38Indicator.Cng, due);
                _stageEnd = due + CallingToneCycle;
                return 0;
            case Stage.Training when _current!.Signal is null:
                ended = true;
                return EndSignal(due);
            case Stage.Training:
                _stage = Stage.Data;
                _cursor = default;
                _airTime.NextFrame();
                return 0;
            case Stage.Data:
                return _current!.Signal switch
                {
                    FrameSignal frames => PlayFrames(frames, packet, due, out ended),
                    StreamSignal stream => PlayStream(stream, packet, due, out ended),
                    _ => 0,
                };
            default:
                _stage = Stage.Idle;
                _due = null;
                Begin(due);
                return 0;
        }
    }

    private void StartTraining(TimeSpan due)
    {
        _stage = Stage.Training;
        if (_current!.Signal is { } signal)
        {
            Announce(signal.ToIndicator(), due);
            _stageEnd = due + Wait(signal.TrainingTime());
        }
        else
        {
            Announce(_current.Tone, due);
            _stageEnd = due + (_current.Tone == T38Indicator.Cng ? CallingToneCycle : Wait(options.AnsweringTone));
        }
    }

    private void Announce(T38Indicator indicator, TimeSpan due)
    {
        _indicator = indicator;
        _copiesLeft = Math.Max(1, options.IndicatorCopies);
        _due = due;
    }

    private int WriteIndicator(Span<byte> packet, TimeSpan due)
    {
        _copiesLeft--;
        _due = _copiesLeft > 0 ? due + Wait(CopyInterval) : _stage == Stage.End ? due : Later(_stageEnd, due);
        return IfpWriter.WriteIndicator(packet, _indicator);
    }

    private int PlayFrames(FrameSignal frames, Span<byte> packet, TimeSpan due, out bool ended)
    {
        ended = false;
        var dataType = frames.Modulation.ToDataType();
        if (_cursor.Left == 0 && !LoadFrame(frames))
        {
            ended = true;
            var length = IfpWriter.WriteData(packet, options.Version, dataType, T38FieldType.HdlcSignalEnd, default);
            EndSignal(due);
            return length;
        }

        var count = Math.Min(_cursor.Left, ChunkOctets(frames.Modulation, _cursor.Length));
        var octets = _data.AsSpan(_cursor.Length - _cursor.Left, count);
        var bits = _airTime.Count(octets);
        var writer = IfpWriter.BeginData(packet, options.Version, dataType);
        writer.Add(T38FieldType.HdlcData, octets);
        _cursor.Left -= count;
        if (_cursor.Left == 0)
        {
            writer.Add(T38FieldType.HdlcFcsOk);
            bits += HdlcAirTime.FrameEndBits;
            _airTime.NextFrame();
        }

        _due = due + AirTime(bits, frames.Modulation);
        return writer.Finish();
    }

    private bool LoadFrame(FrameSignal frames)
    {
        if (!frames.TryReadFrame(out var frame)) return false;
        frame.CopyTo(_data);
        _cursor = new FrameCursor { Length = frame.Length, Left = frame.Length };
        return true;
    }

    private int PlayStream(StreamSignal stream, Span<byte> packet, TimeSpan due, out bool ended)
    {
        var dataType = stream.Modulation.ToDataType();
        var room = _data.AsSpan(0, ChunkOctets(stream.Modulation, _data.Length));
        var count = stream.IsTrainingCheck && options.LocalTrainingCheck ? SkipTrainingCheck(stream, room, ref due) : stream.Read(room);
        ended = count == 0;
        if (ended)
        {
            var length = IfpWriter.WriteData(packet, options.Version, dataType, T38FieldType.NonEcmSignalEnd, default);
            EndSignal(due);
            return length;
        }

        _due = due + AirTime(count * 8, stream.Modulation);
        return IfpWriter.WriteData(packet, options.Version, dataType, T38FieldType.NonEcmData, room[..count]);
    }

    // With local TCF the gateways make the zeros themselves: their time passes, nothing is carried.
    private int SkipTrainingCheck(StreamSignal stream, Span<byte> room, ref TimeSpan due)
    {
        while (stream.Read(room) is > 0 and var count) due += AirTime(count * 8, stream.Modulation);
        return 0;
    }

    private int EndSignal(TimeSpan due)
    {
        _current = null;
        _stage = Stage.End;
        _quietUntil = due + Wait(Silence);
        Announce(T38Indicator.NoSignal, due);
        return 0;
    }

    /// <summary>Octets a packet: as many as its share of air time, evenly over a frame, and never more than a datagram takes.</summary>
    private int ChunkOctets(Modulation modulation, int length)
    {
        var target = options.Paced ? (int)(modulation.BitRate() * options.PacketInterval.TotalSeconds / 8) : maxData;
        target = Math.Clamp(target, 1, maxData);
        if (length <= target) return Math.Max(length, 1);
        var packets = (length + target - 1) / target;
        return Math.Min((length + packets - 1) / packets, target);
    }

    private TimeSpan AirTime(int bits, Modulation modulation) =>
        options.Paced ? TimeSpan.FromTicks(bits * TimeSpan.TicksPerSecond / modulation.BitRate()) : options.UnpacedInterval;

    private TimeSpan Wait(TimeSpan paced) => options.Paced ? paced : options.UnpacedInterval;

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private sealed record Part(Signal? Signal, T38Indicator Tone);

    private struct FrameCursor
    {
        public int Length;
        public int Left;
    }
}
