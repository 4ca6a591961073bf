namespace Faxbot.Fax.T30;

/// <summary>
/// The receiving terminal of T.30: it is called (or, when <see cref="ReceiverOptions.Polls"/>, calls and polls) and hands the pages
/// that come in to an <see cref="IReceivedPages"/>. A page is confirmed only after it has been kept there.
/// See <see cref="IT30Machine"/> for how it is driven.
/// </summary>
/// <remarks>
/// Phase B is in FaxReceiver.PhaseB.cs, phases C and D in FaxReceiver.Pages.cs. A control frame is a command in whatever state it
/// comes, since any reply of ours may have been lost; high-speed signals count only where one is expected.
/// </remarks>
public sealed partial class FaxReceiver : IT30Machine
{
    private const int Tries = 3;

    private readonly IReceivedPages _pages;
    private readonly ReceiverOptions _options;
    private readonly T30Timers _timers;
    private readonly ControlChannel _channel;

    private State _state = State.AwaitIdentification;
    private string? _farIdentity;
    private DcsSettings? _settings;
    private FrameType? _lastFrame;
    private int _repeats;
    private TimeSpan _commandBy;
    private TimeSpan _patienceEnds;
    private FaxEnd _end;
    private FaxPhase _endPhase;

    /// <summary>A receiver that puts pages into <paramref name="pages"/>.</summary>
    public FaxReceiver(IReceivedPages pages, ReceiverOptions? options = null)
    {
        _pages = pages;
        _options = options ?? new ReceiverOptions();
        _timers = _options.Timers;
        _channel = new ControlChannel(_timers);
    }

    private enum State
    {
        SendingAnsweringTone,
        AwaitIdentification,
        AwaitCommand,
        AwaitRetraining,
        AwaitTraining,
        ReceivingTraining,
        AwaitPage,
        ReceivingPage,
        AwaitPostPage,
        AwaitDisconnect,
        Disconnecting,
    }

    /// <inheritdoc/>
    public TimeSpan? Deadline => Result is null ? _channel.Deadline : null;

    /// <inheritdoc/>
    public FaxResult? Result { get; private set; }

    /// <inheritdoc/>
    public bool TryTake(out T30Output? output) => _channel.TryTake(out output);

    /// <inheritdoc/>
    public void Start(TimeSpan now)
    {
        _identifyBy = _commandBy = now + _timers.T1;
        if (_options.Polls)
        {
            _channel.SendCallingTone();
            _channel.Deadline = _identifyBy;
        }
        else if (_options.SendAnsweringTone)
        {
            _state = State.SendingAnsweringTone;
            _channel.SendAnsweringTone();
        }
        else
        {
            SendIdentification();
        }
    }

    /// <inheritdoc/>
    public void Handle(scoped in T30Input input, TimeSpan now)
    {
        if (Result is not null) return;
        switch (input.Kind)
        {
            case T30InputKind.Sent:
                if (_channel.SignalSent()) OnSent(now);
                break;
            case T30InputKind.LineLost:
                Finish(_state switch
                {
                    State.Disconnecting => _end,
                    State.AwaitDisconnect => EndOfPages,
                    _ => FaxEnd.LineLost,
                });
                break;
            case T30InputKind.Cancel when _state != State.Disconnecting:
                _channel.StopSending();
                Disconnect(FaxEnd.Cancelled);
                break;
            case T30InputKind.Tick:
                if (_channel.Deadline <= now) OnDeadline(now);
                break;
            // T.30 is half duplex: nothing that arrives while we send answers it.
            default:
                if (_channel.Sending > 0 || _state == State.Disconnecting) break;
                if (input.Modulation == Modulation.V21) HandleControl(input, now);
                else HandleImage(input, now);
                break;
        }
    }

    private FaxPhase Phase => _state switch
    {
        State.AwaitIdentification when _polled || _settings is not null => FaxPhase.Negotiation,
        State.SendingAnsweringTone or State.AwaitIdentification => FaxPhase.CallSetUp,
        State.AwaitCommand => FaxPhase.Negotiation,
        State.AwaitRetraining or State.AwaitTraining or State.ReceivingTraining => FaxPhase.Training,
        State.AwaitPage or State.ReceivingPage => FaxPhase.Page,
        State.AwaitPostPage => FaxPhase.PostPage,
        _ => FaxPhase.HangUp,
    };

    private void HandleControl(scoped in T30Input input, TimeSpan now)
    {
        switch (input.Kind)
        {
            case T30InputKind.CarrierUp:
                LeaveImage();
                _channel.CarrierUp(now);
                break;
            case T30InputKind.Frame:
                OnFrame(input.Octets, now);
                break;
            case T30InputKind.CarrierDown:
                if (_channel.TakeFinal() is { } frame) OnCommand(frame, now);
                else GoOnWaiting(now);
                break;
            case T30InputKind.Gap:
                _lostInSilence = true;
                break;
        }
    }

    private void OnFrame(ReadOnlySpan<byte> octets, TimeSpan now)
    {
        if (!T30Frame.TryParse(octets, out var frame)) return;
        _channel.Emit(new FaxEvent.FrameSeen(Sent: false, frame.Type, octets.ToArray()));
        switch (frame.Type)
        {
            case FrameType.Tsi or FrameType.Csi:
                Identify(frame.Information);
                break;
            case FrameType.Sub:
                _subaddress = BitOrder.ReadIdentity(frame.Information);
                break;
            case FrameType.Sid:
                _senderIdentification = BitOrder.ReadIdentity(frame.Information);
                break;
        }

        if (frame.IsFinal) _channel.KeepFinal(frame, now);
    }

    private void Identify(ReadOnlySpan<byte> field)
    {
        var identity = BitOrder.ReadIdentity(field);
        if (identity.Length == 0 || identity == _farIdentity) return;
        _farIdentity = identity;
        _channel.Emit(new FaxEvent.Identified(identity));
    }

    private void OnCommand(ControlFrame frame, TimeSpan now)
    {
        _lastFrame = frame.Type;
        if (frame.Type != FrameType.Crp) _repeats = 0;
        switch (frame.Type)
        {
            case FrameType.Dcn:
                Finish(_state == State.AwaitDisconnect ? EndOfPages : FaxEnd.Disconnected);
                break;
            case FrameType.Dis when _options.Polls && (_state == State.AwaitIdentification || _afterEom):
                Poll(frame);
                break;
            case FrameType.Dtc when !_options.Polls:
                // The caller wants to be sent a document.
                Disconnect(FaxEnd.Incompatible);
                break;
            case FrameType.Dcs:
                OnDcs(frame, now);
                break;
            case FrameType.Ctc:
                OnContinueToCorrect(frame);
                break;
            case FrameType.Crp when _channel.HasSent:
                if (++_repeats < Tries) _channel.RepeatFrames();
                else Disconnect(FaxEnd.Silence);
                break;
            case FrameType.Mps or FrameType.Eom or FrameType.Eop or FrameType.PriMps or FrameType.PriEom or FrameType.PriEop:
                OnPostPage(Plain(frame.Type));
                break;
            case FrameType.Pps:
                OnPartialPage(frame);
                break;
            case FrameType.Eor:
                OnEndOfRetransmission(frame);
                break;
            case FrameType.Rr:
                OnReceiveReady(now);
                break;
            default:
                GoOnWaiting(now);
                break;
        }
    }

    /// <summary>T.30 5.3.6.1.6: PRI-Q signals are their plain forms with a wish for an operator, which a gateway has not.</summary>
    private static FrameType Plain(FrameType type) => type switch
    {
        FrameType.PriMps => FrameType.Mps,
        FrameType.PriEom => FrameType.Eom,
        FrameType.PriEop => FrameType.Eop,
        _ => type,
    };

    private void OnSent(TimeSpan now)
    {
        switch (_state)
        {
            case State.SendingAnsweringTone:
                SendIdentification();
                break;
            case State.Disconnecting:
                Finish(_end);
                break;
            default:
                AwaitCommand(now);
                break;
        }
    }

    // DIS and DTC are repeated every T4; whatever else we said, the transmitter speaks next, within T2.
    private void AwaitCommand(TimeSpan now)
    {
        _commandBy = now + (_state == State.AwaitIdentification ? _timers.T4 : _timers.T2);
        _patienceEnds = now + _timers.T1;
        _channel.Deadline = _commandBy;
    }

    /// <summary>
    /// What came cannot be read or is no command. DIS goes out again when it is due; elsewhere the transmitter may repeat a damaged
    /// command three times, each T4 and a training check apart, which is less than T1.
    /// </summary>
    private void GoOnWaiting(TimeSpan now)
    {
        var next = now + _timers.T2;
        _channel.Deadline = _state == State.AwaitIdentification ? _commandBy : next < _patienceEnds ? next : _patienceEnds;
    }

    private void OnDeadline(TimeSpan now)
    {
        _channel.Deadline = null;
        if (_channel.TakeFinal() is { } frame)
        {
            OnCommand(frame, now);
            return;
        }

        switch (_state)
        {
            case State.AwaitIdentification:
                RepeatIdentification(now);
                break;
            case State.AwaitCommand when _afterEom:
                IdentifyAnew(now);
                break;
            case State.AwaitTraining:
                // The training check was lost: the transmitter will send DCS again.
                _state = State.AwaitRetraining;
                AwaitCommand(now);
                break;
            case State.ReceivingTraining:
                OnTrainingEnded();
                break;
            case State.AwaitDisconnect:
                Finish(EndOfPages);
                break;
            case State.ReceivingPage:
                _state = State.AwaitPostPage;
                AwaitCommand(now);
                break;
            default:
                Disconnect(FaxEnd.Silence);
                break;
        }
    }

    private void Disconnect(FaxEnd end)
    {
        _end = end;
        _endPhase = Phase;
        _state = State.Disconnecting;
        _channel.SendFrame(FrameType.Dcn);
    }

    private void Finish(FaxEnd end)
    {
        DiscardPage();
        var phase = _state == State.Disconnecting ? _endPhase : Phase;
        Result = new FaxResult(end, phase, _pagesKept, 0, _lastFrame, _settings, _farIdentity);
        _channel.Deadline = null;
        _channel.Emit(new FaxEvent.Ended(Result));
    }
}
