using Faxbot.Fax.Negotiation;

namespace Faxbot.Fax.T30;

// Phase B: identification, DCS and the training check (T.30 figure 5-2, sheets for the transmitter).
public sealed partial class FaxTransmitter
{
    private TimeSpan _identifyBy;
    private string? _askedFor;
    private string? _askedWithPassword;

    private void SendIdentification()
    {
        _state = State.AwaitIdentification;
        var capabilities = new DisCapabilities
        {
            CanTransmit = true,
            CanReceive = false,
            SelectivePolling = _options.SelectivePolling is not null,
            Password = _options.Password is not null,
        };
        var dis = _channel.Build(FrameType.Dis, capabilities.Write());
        if (_options.Identity is { } identity)
            _channel.SendFrames(_channel.Build(FrameType.Csi, BitOrder.WriteIdentity(identity), isFinal: false), dis);
        else
            _channel.SendFrames(dis);
    }

    private void OnIdentification(ControlFrame frame, TimeSpan now)
    {
        var expected = _options.AnswersPoll ? FrameType.Dtc : FrameType.Dis;
        if (frame.Type != expected)
        {
            OnOtherIdentification(frame, now);
            return;
        }

        _receiver = DisCapabilities.Parse(frame.Information);
        _channel.DisReceived = !_options.AnswersPoll;
        if (!_options.AnswersPoll && !_receiver.CanReceive)
        {
            Disconnect(FaxEnd.Incompatible);
            return;
        }

        if (_options.AnswersPoll && (Differs(_options.SelectivePolling, _askedFor) || Differs(_options.Password, _askedWithPassword)))
        {
            Disconnect(FaxEnd.Refused);
            return;
        }

        BeginTraining();
    }

    private void OnOtherIdentification(ControlFrame frame, TimeSpan now)
    {
        // DCS: the caller wants to send, and not to poll.
        if (frame.Type == FrameType.Dcs && _options.AnswersPoll) Disconnect(FaxEnd.Incompatible);
        // T.30 5.3.6.1.8: CRP asks for the last command again; anything else is not for us.
        else if (frame.Type == FrameType.Crp && _options.AnswersPoll) OnNoReply(now);
        else AwaitReply();
    }

    private static bool Differs(string? required, string? given) => required is not null && required.Trim() != given;

    /// <summary>Chooses the settings for the current page and trains.</summary>
    private void BeginTraining()
    {
        _settings = ChooseFor(_pageIndex);
        if (_settings is null)
        {
            Disconnect(FaxEnd.Incompatible);
            return;
        }

        _tries = 0;
        _channel.Emit(new FaxEvent.Negotiated(_settings));
        SendTraining();
    }

    private DcsSettings? ChooseFor(int pageIndex)
    {
        using var page = _document.OpenPage(pageIndex);
        var settings = FaxNegotiation.Choose(_receiver!, page.Format, _options.Limits, _ceiling);
        return settings is null ? null : settings with
        {
            Subaddress = _options.Subaddress is not null && _receiver!.Subaddressing,
            SenderIdentification = _options.SenderIdentification is not null && _receiver!.Password,
        };
    }

    private void SendTraining()
    {
        _state = State.AwaitTrainingReply;
        var frames = new List<byte[]>(4);
        if (_settings!.SenderIdentification) frames.Add(Optional(FrameType.Sid, _options.SenderIdentification!));
        if (_settings.Subaddress) frames.Add(Optional(FrameType.Sub, _options.Subaddress!));
        if (_options.Identity is { } identity) frames.Add(Optional(FrameType.Tsi, identity));
        frames.Add(_channel.Build(FrameType.Dcs, _settings.Write()));
        _channel.SendFrames([.. frames]);
        _channel.Send(new TrainingCheckSignal(_settings.Modulation));
    }

    private byte[] Optional(FrameType type, string digits) => _channel.Build(type, BitOrder.WriteIdentity(digits), isFinal: false);

    private void OnTrainingReply(ControlFrame frame)
    {
        switch (frame.Type)
        {
            case FrameType.Cfr:
                _channel.Emit(new FaxEvent.Trained(_settings!.Modulation));
                BeginPage();
                break;
            case FrameType.Ftt:
                _channel.Emit(new FaxEvent.TrainingFailed(_settings!.Modulation));
                if (LowerRate()) BeginTraining();
                else Disconnect(FaxEnd.TrainingFailed);
                break;
            // DIS again: DCS was not heard. CRP: it was not understood. Both use up a try.
            case FrameType.Dis or FrameType.Dtc or FrameType.Crp:
                Repeat();
                break;
            default:
                AwaitReply();
                break;
        }
    }

    /// <summary>Takes the next lower rate as the ceiling of the rest of the call; false when there is none.</summary>
    private bool LowerRate()
    {
        if (_settings!.Modulation.Lower() is not { } lower) return false;
        var before = _ceiling;
        _ceiling = lower;
        if (ChooseFor(_pageIndex) is not null) return true;
        // A receiver with V.29 alone has nothing below 7200 bit/s: what was trusted stays.
        _ceiling = before;
        return false;
    }
}
