using Faxbot.Fax.T30;

namespace Faxbot.Fax.T38;

/// <summary>
/// A T.38 fax terminal without I/O: one T.30 machine, the IFP packets that stand for its modem, and UDPTL. The owner hands in
/// datagrams, drains datagrams and events after each call, and calls <see cref="HandleTimeout"/> at <see cref="Deadline"/>.
/// Single-threaded. A bank of G.711 modems would stand in this place, under the same T.30 machines.
/// </summary>
public sealed class T38Terminal
{
    private readonly IT30Machine _machine;
    private readonly T38TerminalOptions _options;
    private readonly UdptlSender _sender;
    private readonly UdptlReceiver _receiver;
    private readonly SignalPlayer _player;
    private readonly SignalListener _listener;
    private readonly SignalListener.Report _report;
    private readonly Queue<FaxEvent> _events = new();
    private readonly byte[] _packet;
    private TimeSpan _now;
    private TimeSpan? _releaseAt;

    /// <summary>A terminal that runs <paramref name="machine"/>; the caller keeps it and disposes what it owns.</summary>
    public T38Terminal(IT30Machine machine, T38TerminalOptions? options = null)
    {
        _machine = machine;
        _options = options ?? new T38TerminalOptions();
        _sender = new UdptlSender(_options.Sender);
        _receiver = new UdptlReceiver(_options.Receiver);
        var maxData = _sender.MaxPacket(UdptlContent.Image, protectedFully: true) - IfpWriter.MaxOverhead - 1;
        _player = new SignalPlayer(_options, Math.Max(1, maxData));
        _listener = new SignalListener(_options.Version);
        _report = (scoped in T30Input input) => _machine.Handle(input, _now);
        _packet = new byte[Math.Max(maxData, T30Frame.MaxLength) + IfpWriter.MaxOverhead + 1];
    }

    /// <summary>The longest datagram that <see cref="TryTakeDatagram"/> writes.</summary>
    public int MaxDatagram => _sender.MaxDatagram;

    /// <summary>How the session ended; null while it runs.</summary>
    public FaxResult? Result => _machine.Result;

    /// <summary>Whether the session has ended and its last packets have been sent.</summary>
    public bool IsDone => Result is not null && _player.Due is null;

    /// <summary>What was seen of the far end's datagrams.</summary>
    public UdptlStatistics Statistics => _receiver.Statistics;

    /// <summary>When <see cref="HandleTimeout"/> is due; null when the terminal waits for nothing.</summary>
    public TimeSpan? Deadline => Earlier(Earlier(_machine.Deadline, _player.Due), _releaseAt);

    /// <summary>Begins the session; the T.38 path is up.</summary>
    public void Start(TimeSpan now)
    {
        _now = now;
        _machine.Start(now);
        DrainMachine();
    }

    /// <summary>Takes a datagram of the far end; malformed ones are counted and dropped.</summary>
    public void HandleDatagram(ReadOnlySpan<byte> datagram, TimeSpan now)
    {
        _now = now;
        if (_receiver.Accept(datagram) != UdptlError.None) return;
        DrainReceiver();
        if (!_receiver.IsHolding) _releaseAt = null;
        else _releaseAt ??= now + _options.ReorderWait;
    }

    /// <summary>Time has passed; early calls change nothing.</summary>
    public void HandleTimeout(TimeSpan now)
    {
        _now = now;
        if (_releaseAt <= now)
        {
            _releaseAt = null;
            _receiver.ReleaseHeld();
            DrainReceiver();
        }

        if (_machine.Deadline <= now) Report(T30Input.Of(T30InputKind.Tick));
    }

    /// <summary>The call is gone: the session ends at once, with what it knows.</summary>
    public void LoseLine(TimeSpan now)
    {
        _now = now;
        Report(T30Input.Of(T30InputKind.LineLost));
        _player.Stop(now);
    }

    /// <summary>This side wants to end: DCN is sent before the session ends.</summary>
    public void Cancel(TimeSpan now)
    {
        _now = now;
        Report(T30Input.Of(T30InputKind.Cancel));
    }

    /// <summary>Writes the next datagram that is due.</summary>
    /// <returns>False when none is; then <see cref="Deadline"/> tells when to come back.</returns>
    public bool TryTakeDatagram(Span<byte> datagram, out int length)
    {
        while (true)
        {
            var content = _player.Content;
            var packet = _player.Next(_now, _packet, out var ended);
            length = packet > 0 ? _sender.Write(_packet.AsSpan(0, packet), content, datagram) : 0;
            if (ended) Report(T30Input.Of(T30InputKind.Sent));
            if (packet > 0) return true;
            if (!ended) return false;
        }
    }

    /// <summary>The next event of the session.</summary>
    public bool TryTakeEvent(out FaxEvent? value) => _events.TryDequeue(out value);

    private static TimeSpan? Earlier(TimeSpan? one, TimeSpan? other) => one is null || other < one ? other ?? one : one;

    private void Report(scoped in T30Input input)
    {
        _machine.Handle(input, _now);
        DrainMachine();
    }

    private void DrainReceiver()
    {
        while (_receiver.TryTake(out var delivery))
        {
            if (delivery.Lost > 0 || delivery.Restarted) _listener.Lose(_report);
            _listener.Accept(delivery.Packet, _report);
            if (_listener.Carrier is not null) _player.StopCallingTone();
            DrainMachine();
        }
    }

    private void DrainMachine()
    {
        while (_machine.TryTake(out var output))
        {
            switch (output)
            {
                case T30Output.Send send:
                    _player.Play(send.Signal, _now);
                    break;
                case T30Output.AnsweringTone:
                    _player.PlayAnsweringTone(_now);
                    break;
                case T30Output.CallingTone:
                    _player.PlayCallingTone(_now);
                    break;
                case T30Output.StopSending:
                    _player.Stop(_now);
                    break;
                case T30Output.Event happened:
                    _events.Enqueue(happened.Value);
                    break;
            }
        }
    }
}
