namespace Faxbot.Fax.T30;

// Phase B: DIS or DTC, DCS and the training check (T.30 figure 5-2, sheets for the receiver).
public sealed partial class FaxReceiver
{
    /// <summary>The share of the 1.5 s of zeros that must arrive, and of their octets that may be disturbed (T.30 leaves both open).</summary>
    private const double TrainingNeeded = 0.6, TrainingDisturbed = 0.05;

    private TimeSpan _identifyBy;
    private bool _polled;
    private int _polls;
    private bool _afterEom;
    private string? _subaddress;
    private string? _senderIdentification;
    private int _trainingOctets;
    private int _disturbedOctets;

    private void SendIdentification()
    {
        _state = State.AwaitIdentification;
        var dis = _channel.Build(FrameType.Dis, _options.Capabilities.Write());
        if (_options.Identity is { } identity)
            _channel.SendFrames(_channel.Build(FrameType.Csi, BitOrder.WriteIdentity(identity), isFinal: false), dis);
        else
            _channel.SendFrames(dis);
    }

    /// <summary>T.30 5.4.3.2: after EOM and T2 the receiver identifies itself anew, by DTC if it polls.</summary>
    private void IdentifyAnew(TimeSpan now)
    {
        _afterEom = false;
        _identifyBy = now + _timers.T1;
        _polls = 0;
        if (_options.Polls) SendPoll();
        else SendIdentification();
    }

    // T1 has 5 s of tolerance: the last DIS and the wait for its answer must end within.
    private void RepeatIdentification(TimeSpan now)
    {
        if (_options.Polls)
        {
            if (!_polled) Disconnect(FaxEnd.NoFax);
            else if (_polls >= Tries) Disconnect(FaxEnd.Silence);
            else SendPoll();
        }
        else if (now + _timers.T4 < _identifyBy)
        {
            SendIdentification();
        }
        else
        {
            Disconnect(FaxEnd.NoFax);
        }
    }

    private void Poll(ControlFrame dis)
    {
        _channel.DisReceived = true;
        if (_afterEom) _polls = 0;
        _afterEom = false;
        if (!DisCapabilities.Parse(dis.Information).CanTransmit) Disconnect(FaxEnd.Incompatible);
        else if (_polls >= Tries) Disconnect(FaxEnd.Silence);
        else SendPoll();
    }

    private void SendPoll()
    {
        _state = State.AwaitIdentification;
        _polled = true;
        _polls++;
        var frames = new List<byte[]>(4);
        if (_options.Password is { } password) frames.Add(Optional(FrameType.Pwd, password));
        if (_options.SelectivePolling is { } document) frames.Add(Optional(FrameType.Sep, document));
        if (_options.Identity is { } identity) frames.Add(Optional(FrameType.Cig, identity));
        frames.Add(_channel.Build(FrameType.Dtc, _options.Capabilities.Write()));
        _channel.SendFrames([.. frames]);
    }

    private byte[] Optional(FrameType type, string digits) => _channel.Build(type, BitOrder.WriteIdentity(digits), isFinal: false);

    private void OnDcs(ControlFrame frame, TimeSpan now)
    {
        if (DcsSettings.TryParse(frame.Information) is not { } settings)
        {
            Disconnect(FaxEnd.Incompatible);
            return;
        }

        if (_options.RequiredSenderIdentification is { } required && required.Trim() != _senderIdentification)
        {
            Disconnect(FaxEnd.Refused);
            return;
        }

        if (_pagesKept >= _options.MaxPages)
        {
            Disconnect(FaxEnd.Refused);
            return;
        }

        // DCS in mid-page: the transmitter gave the page up and begins it again.
        DiscardPage();
        if (_settings is null && (_subaddress ?? _senderIdentification) is not null)
            _channel.Emit(new FaxEvent.Addressed(_subaddress, _senderIdentification));
        _settings = settings;
        _afterEom = false;
        _lastReply = null;
        _channel.Emit(new FaxEvent.Negotiated(settings));
        _state = State.AwaitTraining;
        _trainingOctets = 0;
        _disturbedOctets = 0;
        AwaitCommand(now);
    }

    private void HandleTraining(scoped in T30Input input, TimeSpan now)
    {
        switch (input.Kind)
        {
            case T30InputKind.Data:
                _trainingOctets += input.Octets.Length;
                _disturbedOctets += input.Octets.Length - input.Octets.Count((byte)0);
                break;
            case T30InputKind.CarrierDown when input.Modulation == _settings!.Modulation:
                OnTrainingEnded();
                return;
            case T30InputKind.CarrierDown:
                return;
        }

        _state = State.ReceivingTraining;
        // Long training and 1.5 s of zeros, with room for jitter.
        _channel.Deadline ??= now + _timers.T2;
    }

    private void OnTrainingEnded()
    {
        var expected = TrainingCheckSignal.OctetsAt(_settings!.Modulation);
        var good = _options.LocalTrainingCheck
            ? _disturbedOctets == 0
            : _trainingOctets >= expected * TrainingNeeded && _disturbedOctets <= _trainingOctets * TrainingDisturbed;
        if (good)
        {
            _channel.Emit(new FaxEvent.Trained(_settings.Modulation));
            _state = State.AwaitPage;
            _channel.SendFrame(FrameType.Cfr);
        }
        else
        {
            _channel.Emit(new FaxEvent.TrainingFailed(_settings.Modulation));
            _state = State.AwaitRetraining;
            _channel.SendFrame(FrameType.Ftt);
        }
    }
}
