namespace Faxbot.Fax.T30;

// Phases C and D: pages, post-page commands, and error correction (T.30 annex A).
public sealed partial class FaxTransmitter
{
    /// <summary>T.30 A.4.4: after the fourth PPR for a block the transmitter changes the rate or gives the block up.</summary>
    private const int RequestsPerBlock = 4;

    private int _pageIndex;
    private int _pageAttempt;
    private int _pagesConfirmed;
    private bool _pageUnderWay;
    private bool _lastPageRejected;
    private CodedPage? _page;
    private EcmTransmission? _ecm;
    private FrameType _postPage;
    private TimeSpan? _readyBy;

    private bool IsLastPage => _pageIndex == _document.PageCount - 1;

    // T.30 5.3.6.1.3: the training check was the long training; pages after it train short, where V.17 can.
    private bool ShortTraining => _settings!.Modulation.IsV17();

    // An ECM receiver may print a page that it asked frames of, another one prints as the rows come in.
    private int PagesPerhapsPrinted => _pageUnderWay || _lastPageRejected ? 1 : 0;

    private void BeginPage()
    {
        _page?.Dispose();
        _page = new CodedPage(_document.OpenPage(_pageIndex), _settings!, _options);
        _pageAttempt++;
        _pageUnderWay = true;
        _channel.Emit(new FaxEvent.PageStarted(_pageIndex + 1, _pageAttempt));
        _ecm = _settings!.Ecm ? new EcmTransmission(_page, _settings.FrameSize) : null;
        SendImage(_ecm is null
            ? new PageStreamSignal(_page, _settings.Modulation, ShortTraining)
            : _ecm.NextBlock(_settings.Modulation, ShortTraining));
    }

    private void SendImage(Signal signal)
    {
        _state = State.SendingPage;
        _tries = 0;
        _readyBy = null;
        _channel.Send(signal);
    }

    private void SendPostPage()
    {
        _state = State.AwaitPageReply;
        _channel.Emit(new FaxEvent.PageProgress(_pageIndex + 1, _page!.OctetCount));
        _postPage = PostPageCommand();
        if (_ecm is null) _channel.SendFrame(_postPage);
        else _channel.SendFrame(FrameType.Pps, _ecm.PartialPageSignal(_ecm.IsLastBlock ? _postPage : null, _pageIndex - _options.FirstPage));
    }

    private FrameType PostPageCommand()
    {
        if (IsLastPage) return FrameType.Eop;
        // Another raster or rate needs a new DCS: EOM leads back to phase B.
        var next = ChooseFor(_pageIndex + 1);
        return next is not null && next == _settings ? FrameType.Mps : FrameType.Eom;
    }

    private void OnPageReply(ControlFrame frame, TimeSpan now)
    {
        switch (frame.Type)
        {
            case FrameType.Mcf when _ecm is { IsLastBlock: false }:
                SendImage(_ecm.NextBlock(_settings!.Modulation, ShortTraining));
                break;
            case FrameType.Mcf or FrameType.Rtp or FrameType.Pip:
                OnPageConfirmed(frame.Type, now);
                break;
            case FrameType.Rtn:
                OnPageRejected();
                break;
            case FrameType.Pin:
                _channel.Emit(new FaxEvent.PageRejected(_pageIndex + 1, frame.Type));
                Disconnect(FaxEnd.Interrupted);
                break;
            case FrameType.Ppr when _ecm is not null:
                OnFramesRequested(frame);
                break;
            case FrameType.Rnr when _ecm is not null:
                OnNotReady(now);
                break;
            case FrameType.Crp:
                Repeat();
                break;
            default:
                AwaitReply();
                break;
        }
    }

    private void OnPageConfirmed(FrameType reply, TimeSpan now)
    {
        _pagesConfirmed++;
        _pageUnderWay = false;
        _lastPageRejected = false;
        _channel.Emit(new FaxEvent.PageConfirmed(_pageIndex + 1, _page!.RowCount, 0, _page.OctetCount, reply));
        if (IsLastPage)
        {
            Disconnect(FaxEnd.Completed);
            return;
        }

        _pageIndex++;
        _pageAttempt = 0;
        if (reply == FrameType.Mcf && _postPage == FrameType.Mps)
        {
            BeginPage();
        }
        else if (reply == FrameType.Mcf)
        {
            // After EOM the receiver identifies itself anew.
            _state = State.AwaitIdentification;
            _replyBy = now + _timers.T1;
            AwaitReply();
        }
        else
        {
            // T.30 5.3.6.1.7: RTP and PIP ask for training before the next page.
            BeginTraining();
        }
    }

    private void OnPageRejected()
    {
        _channel.Emit(new FaxEvent.PageRejected(_pageIndex + 1, FrameType.Rtn));
        _lastPageRejected = true;
        _pageUnderWay = false;
        if (_pageAttempt > _options.PageRetries)
        {
            Disconnect(FaxEnd.Quality);
            return;
        }

        // RTN: train again, a step lower while there is one, and send the page once more.
        LowerRate();
        BeginTraining();
    }

    private void OnFramesRequested(ControlFrame frame)
    {
        var count = _ecm!.Request(frame.Information);
        _channel.Emit(new FaxEvent.FramesRequested(_pageIndex + 1, _ecm.Block, count));
        if (_ecm.Requests < RequestsPerBlock)
        {
            SendImage(_ecm.Repeat(_settings!.Modulation, ShortTraining));
            return;
        }

        _tries = 0;
        if (LowerRate())
        {
            _settings = _settings! with { Modulation = _ceiling!.Value };
            _channel.Emit(new FaxEvent.Negotiated(_settings));
            _state = State.AwaitCtr;
            _channel.SendFrame(FrameType.Ctc, _settings.WriteCtc());
        }
        else
        {
            _state = State.AwaitErr;
            _channel.SendFrame(FrameType.Eor, [(byte)(_ecm.IsLastBlock ? 0x80 | (byte)_postPage : 0)]);
        }
    }

    private void OnCorrectionReply(ControlFrame frame, TimeSpan now)
    {
        if (_state == State.AwaitCtr && frame.Type == FrameType.Ctr)
        {
            _ecm!.ForgetRequests();
            // The modem must learn the new rate: long training.
            SendImage(_ecm.Repeat(_settings!.Modulation, shortTraining: false));
        }
        else if (_state == State.AwaitErr && frame.Type == FrameType.Err)
        {
            _channel.Emit(new FaxEvent.PageRejected(_pageIndex + 1, frame.Type));
            Disconnect(FaxEnd.Quality);
        }
        else if (frame.Type == FrameType.Rnr)
        {
            OnNotReady(now);
        }
        else
        {
            Repeat();
        }
    }

    private void OnNotReady(TimeSpan now)
    {
        _readyBy ??= now + _timers.T5;
        if (now >= _readyBy)
        {
            Disconnect(FaxEnd.NotReady);
            return;
        }

        // RR asks again; the answer is what the command before would have had, or RNR once more.
        _tries = 0;
        _channel.SendFrame(FrameType.Rr);
    }
}
