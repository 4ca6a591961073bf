using Faxbot.Imaging.Pages;

namespace Faxbot.Fax.T30;

/// <summary>
/// The transmitting terminal of T.30: it calls (or, when <see cref="TransmitterOptions.AnswersPoll"/>, is called and polled) and sends
/// the pages of a document. A page counts only when the receiver confirmed it. See <see cref="IT30Machine"/> for how it is driven.
/// </summary>
/// <remarks>
/// Phase B is in FaxTransmitter.PhaseB.cs, phases C and D in FaxTransmitter.Pages.cs; the states are those of T.30 figure 5-2:
/// waiting for identification, for the reply to training, for the page to be sent, for its reply, and ECM's CTR and ERR.
/// The document is not disposed.
/// </remarks>
public sealed partial class FaxTransmitter : IT30Machine, IDisposable
{
    /// <summary>T.30 5.3: a command is sent three times at most.</summary>
    private const int Tries = 3;

    private readonly IFaxDocument _document;
    private readonly TransmitterOptions _options;
    private readonly T30Timers _timers;
    private readonly ControlChannel _channel;

    private State _state = State.AwaitIdentification;
    private int _tries;
    private TimeSpan _replyBy;
    private string? _farIdentity;
    private DisCapabilities? _receiver;
    private DcsSettings? _settings;
    private Modulation? _ceiling;
    private FrameType? _lastFrame;
    private FaxEnd _end;
    private FaxPhase _endPhase;

    /// <summary>A transmitter for the pages of <paramref name="document"/> from <see cref="TransmitterOptions.FirstPage"/> on.</summary>
    public FaxTransmitter(IFaxDocument document, TransmitterOptions? options = null)
    {
        _document = document;
        _options = options ?? new TransmitterOptions();
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)_options.FirstPage, (uint)document.PageCount, nameof(options));
        _timers = _options.Timers;
        _channel = new ControlChannel(_timers);
        _pageIndex = _options.FirstPage;
    }

    private enum State
    {
        SendingAnsweringTone,
        AwaitIdentification,
        AwaitTrainingReply,
        SendingPage,
        AwaitPageReply,
        AwaitCtr,
        AwaitErr,
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
        _identifyBy = _replyBy = now + _timers.T1;
        if (!_options.AnswersPoll)
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
            case T30InputKind.Sent when _channel.SignalSent():
                OnSent(now);
                break;
            case T30InputKind.LineLost:
                Finish(_state == State.Disconnecting ? _end : FaxEnd.LineLost, _state == State.Disconnecting ? _endPhase : Phase);
                break;
            case T30InputKind.Cancel when _state != State.Disconnecting:
                _channel.StopSending();
                Disconnect(FaxEnd.Cancelled);
                break;
            // T.30 is half duplex: what arrives while we send answers nothing that we asked.
            case T30InputKind.CarrierUp when _channel.Sending == 0 && input.Modulation == Modulation.V21:
                _channel.CarrierUp(now);
                break;
            case T30InputKind.Frame when _channel.Sending == 0 && input.Modulation == Modulation.V21:
                OnFrame(input.Octets, now);
                break;
            case T30InputKind.CarrierDown when _channel.Sending == 0 && input.Modulation == Modulation.V21:
                OnCarrierDown(now);
                break;
            case T30InputKind.Tick when _channel.Deadline <= now:
                OnDeadline(now);
                break;
        }
    }

    /// <summary>Closes the page that is open; the document stays open.</summary>
    public void Dispose() => _page?.Dispose();

    private FaxPhase Phase => _state switch
    {
        State.SendingAnsweringTone or State.AwaitIdentification => _receiver is null ? FaxPhase.CallSetUp : FaxPhase.Negotiation,
        State.AwaitTrainingReply => FaxPhase.Training,
        State.SendingPage => FaxPhase.Page,
        State.Disconnecting => FaxPhase.HangUp,
        _ => FaxPhase.PostPage,
    };

    private void OnFrame(ReadOnlySpan<byte> octets, TimeSpan now)
    {
        if (!T30Frame.TryParse(octets, out var frame)) return;
        _channel.Emit(new FaxEvent.FrameSeen(Sent: false, frame.Type, octets.ToArray()));
        if (frame.Type is FrameType.Csi or FrameType.Cig) Identify(frame.Information);
        if (frame.Type == FrameType.Sep) _askedFor = BitOrder.ReadIdentity(frame.Information);
        if (frame.Type == FrameType.Pwd) _askedWithPassword = BitOrder.ReadIdentity(frame.Information);
        if (frame.IsFinal) _channel.KeepFinal(frame, now);
    }

    private void Identify(ReadOnlySpan<byte> field)
    {
        var identity = BitOrder.ReadIdentity(field);
        if (identity.Length == 0 || identity == _farIdentity) return;
        _farIdentity = identity;
        _channel.Emit(new FaxEvent.Identified(identity));
    }

    private void OnCarrierDown(TimeSpan now)
    {
        if (_channel.TakeFinal() is { } frame)
        {
            OnReply(frame, now);
        }
        else
        {
            AwaitReply();
        }
    }

    private void OnDeadline(TimeSpan now)
    {
        _channel.Deadline = null;
        if (_channel.TakeFinal() is { } frame) OnReply(frame, now);
        else OnNoReply(now);
    }

    private void OnReply(ControlFrame frame, TimeSpan now)
    {
        _lastFrame = frame.Type;
        if (frame.Type == FrameType.Dcn)
        {
            Finish(_state == State.Disconnecting ? _end : FaxEnd.Disconnected, _state == State.Disconnecting ? _endPhase : Phase);
            return;
        }

        switch (_state)
        {
            case State.AwaitIdentification:
                OnIdentification(frame, now);
                break;
            case State.AwaitTrainingReply:
                OnTrainingReply(frame);
                break;
            case State.AwaitPageReply:
                OnPageReply(frame, now);
                break;
            case State.AwaitCtr or State.AwaitErr:
                OnCorrectionReply(frame, now);
                break;
        }
    }

    private void OnSent(TimeSpan now)
    {
        switch (_state)
        {
            case State.SendingAnsweringTone:
                SendIdentification();
                break;
            case State.SendingPage:
                SendPostPage();
                break;
            case State.Disconnecting:
                Finish(_end, _endPhase);
                break;
            default:
                _replyBy = now + _timers.T4;
                AwaitReply();
                break;
        }
    }

    /// <summary>T.30 5.4.3.1: T4 runs from the end of the command; a reply that cannot be read or is none does not prolong it.</summary>
    private void AwaitReply() => _channel.Deadline = _replyBy;

    private void OnNoReply(TimeSpan now)
    {
        switch (_state)
        {
            // Whoever answers a poll repeats DIS every T4 within T1; a caller, and everybody after EOM, only listens.
            case State.AwaitIdentification when _options.AnswersPoll && _receiver is null && now + _timers.T4 < _identifyBy:
                SendIdentification();
                break;
            case State.AwaitIdentification:
                Disconnect(FaxEnd.NoFax);
                break;
            default:
                Repeat();
                break;
        }
    }

    /// <summary>Sends the last command again; after the third time the line is dead.</summary>
    private void Repeat()
    {
        if (++_tries >= Tries) Disconnect(FaxEnd.Silence);
        else if (_state == State.AwaitTrainingReply) SendTraining();
        else _channel.RepeatFrames();
    }

    private void Disconnect(FaxEnd end)
    {
        if (_state == State.Disconnecting)
        {
            Finish(_end, _endPhase);
            return;
        }

        _end = end;
        _endPhase = Phase;
        _state = State.Disconnecting;
        _channel.SendFrame(FrameType.Dcn);
    }

    private void Finish(FaxEnd end, FaxPhase phase)
    {
        _page?.Dispose();
        _page = null;
        Result = new FaxResult(end, phase, _pagesConfirmed, end == FaxEnd.Completed ? 0 : PagesPerhapsPrinted, _lastFrame, _settings, _farIdentity);
        _channel.Deadline = null;
        _channel.Emit(new FaxEvent.Ended(Result));
    }
}
