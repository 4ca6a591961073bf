namespace Faxbot.Fax.T30;

/// <summary>A final control frame of the far end, copied out of its buffer.</summary>
internal readonly record struct ControlFrame(FrameType Type, byte[] Information);

/// <summary>
/// What both roles share of a T.30 session: the outputs in order, how many signals are still being sent, and the far end's final
/// frame, which is acted on when its carrier goes down so that the line is never used from both sides at once.
/// </summary>
internal sealed class ControlChannel(T30Timers timers)
{
    private readonly Queue<T30Output> _outputs = new();
    private ControlFrame? _final;
    private byte[][] _lastSent = [];

    /// <summary>Whether this station is the one that received DIS: the bit X of its frames.</summary>
    public bool DisReceived { get; set; }

    /// <summary>When the owner wants a tick.</summary>
    public TimeSpan? Deadline { get; set; }

    /// <summary>Signals and tones asked for and not yet reported as sent.</summary>
    public int Sending { get; private set; }

    /// <summary>Whether control frames have been sent, so that they can be repeated.</summary>
    public bool HasSent => _lastSent.Length > 0;

    /// <summary>Whether a control carrier of the far end is up.</summary>
    public bool CarrierIsUp { get; private set; }

    public bool TryTake(out T30Output? output) => _outputs.TryDequeue(out output);

    public void Emit(FaxEvent value) => _outputs.Enqueue(new T30Output.Event(value));

    public void SendAnsweringTone()
    {
        Sending++;
        _outputs.Enqueue(new T30Output.AnsweringTone());
    }

    public void SendCallingTone() => _outputs.Enqueue(new T30Output.CallingTone());

    public void Send(Signal signal)
    {
        Sending++;
        Deadline = null;
        Forget();
        _outputs.Enqueue(new T30Output.Send(signal));
    }

    /// <summary>Sends control frames, the last one being final.</summary>
    public void SendFrames(params byte[][] frames)
    {
        _lastSent = frames;
        foreach (var frame in frames)
        {
            if (T30Frame.TryParse(frame, out var parsed)) Emit(new FaxEvent.FrameSeen(Sent: true, parsed.Type, frame));
        }

        Send(new ControlSignal(frames));
    }

    public void SendFrame(FrameType type, ReadOnlySpan<byte> information = default) => SendFrames(Build(type, information));

    public void RepeatFrames() => SendFrames(_lastSent);

    public byte[] Build(FrameType type, ReadOnlySpan<byte> information = default, bool isFinal = true) =>
        T30Frame.Build(type, DisReceived, isFinal, information);

    /// <summary>Drops what is being sent and what waits to be.</summary>
    public void StopSending()
    {
        if (Sending == 0) return;
        Sending = 0;
        _outputs.Enqueue(new T30Output.StopSending());
    }

    /// <summary>A signal has been sent; true when it was the last one asked for.</summary>
    public bool SignalSent()
    {
        if (Sending == 0) return false;
        Sending--;
        return Sending == 0;
    }

    /// <summary>A control carrier came up: whatever timer runs gives way to the longest time that control frames can take.</summary>
    public void CarrierUp(TimeSpan now)
    {
        CarrierIsUp = true;
        if (_final is null) Deadline = now + timers.CarrierGuard;
    }

    /// <summary>Keeps the final frame until the carrier ends, or a moment if that end is lost.</summary>
    public void KeepFinal(scoped in T30Frame frame, TimeSpan now)
    {
        _final = new ControlFrame(frame.Type, frame.Information.ToArray());
        Deadline = now + timers.CarrierEnd;
    }

    /// <summary>The carrier went down or its end was waited for in vain: the final frame, if one came.</summary>
    public ControlFrame? TakeFinal()
    {
        var final = _final;
        Forget();
        return final;
    }

    private void Forget()
    {
        _final = null;
        CarrierIsUp = false;
    }
}
