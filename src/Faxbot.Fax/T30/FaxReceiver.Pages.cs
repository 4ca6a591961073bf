namespace Faxbot.Fax.T30;

// Phases C and D: pages, the replies to post-page commands, and error correction (T.30 annex A).
public sealed partial class FaxReceiver
{
    private EcmReception? _ecm;
    private PageReception? _page;
    private int _pagesKept;
    private int _pageAttempt;
    private byte[]? _lastReply;
    private FrameType? _lastPostPage;
    private FrameType? _heldPostPage;
    private (byte Page, byte Block)? _lastBlock;
    private bool _lostInSilence;
    private bool _pageGivenUp;

    // Without a page that the transmitter gave up (EOR) the fax is not whole.
    private FaxEnd EndOfPages => _pageGivenUp ? FaxEnd.Quality : FaxEnd.Completed;

    // 64 KiB, so only once a page comes with error correction.
    private EcmReception Ecm => _ecm ??= new EcmReception();

    private void HandleImage(scoped in T30Input input, TimeSpan now)
    {
        switch (_state)
        {
            case State.AwaitTraining or State.ReceivingTraining:
                HandleTraining(input, now);
                break;
            case State.AwaitPage or State.ReceivingPage or State.AwaitPostPage when _settings is not null:
                HandlePage(input, now);
                break;
        }
    }

    private void HandlePage(scoped in T30Input input, TimeSpan now)
    {
        switch (input.Kind)
        {
            case T30InputKind.CarrierUp:
                _state = State.ReceivingPage;
                break;
            case T30InputKind.Frame when _settings!.Ecm:
                OnImageFrame(input.Octets);
                break;
            case T30InputKind.Data when !_settings!.Ecm:
                Page().Append(input.Octets);
                break;
            case T30InputKind.Gap when !_settings!.Ecm:
                Page().Gaps++;
                break;
            case T30InputKind.CarrierDown:
                LeaveImage();
                break;
        }

        AwaitCommand(now);
    }

    /// <summary>The page signal ended, or a control signal shows that its end was lost.</summary>
    private void LeaveImage()
    {
        if (_state == State.ReceivingPage) _state = State.AwaitPostPage;
    }

    private void OnImageFrame(ReadOnlySpan<byte> octets)
    {
        if (!T30Frame.TryParse(octets, out var frame) || frame.Type != FrameType.Fcd) return;
        _state = State.ReceivingPage;
        Page();
        Ecm.Put(frame.Information);
    }

    private PageReception Page()
    {
        if (_page is not null) return _page;
        _pageAttempt++;
        _channel.Emit(new FaxEvent.PageStarted(_pagesKept + 1, _pageAttempt));
        return _page = new PageReception(_pages, _settings!, _options.MaxRows);
    }

    private void OnPostPage(FrameType command)
    {
        if (_settings is null || _settings.Ecm)
        {
            Disconnect(FaxEnd.Incompatible);
        }
        else if (_page is not null)
        {
            _page.Complete();
            EndPage(command, Judge(_page));
        }
        else if (_lastReply is not null && command == _lastPostPage && _state != State.AwaitPostPage)
        {
            OnPostPageAgain();
        }
        else
        {
            // A page of which nothing arrived.
            _channel.Emit(new FaxEvent.PageRejected(_pagesKept + 1, FrameType.Rtn));
            ReplyTo(command, FrameType.Rtn);
        }
    }

    /// <summary>The command came again and no page between: our reply was lost, and the page has been dealt with already.</summary>
    private void OnPostPageAgain()
    {
        // Or the whole next page was lost. The frames are the same, and MCF for a page that never came would be a lie.
        if (_state == State.AwaitPage && _lostInSilence) Disconnect(FaxEnd.Quality);
        else _channel.SendFrames(_lastReply!);
    }

    private void EndPage(FrameType command, FrameType reply)
    {
        if (_pagesKept >= _options.MaxPages) Disconnect(FaxEnd.Refused);
        else ReplyTo(command, reply);
    }

    private FrameType Judge(PageReception page)
    {
        var share = page.RowCount == 0 ? 1 : (double)page.BadRows / page.RowCount;
        if (share > _options.RejectAbove) return FrameType.Rtn;
        return share > _options.RetrainAbove ? FrameType.Rtp : FrameType.Mcf;
    }

    private void ReplyTo(FrameType command, FrameType reply)
    {
        if (reply == FrameType.Rtn) RejectPage(reply);
        else KeepPage(reply);
        _lastPostPage = command;
        _afterEom = command == FrameType.Eom && reply == FrameType.Mcf;
        _state = (command, reply) switch
        {
            (_, FrameType.Rtn) => State.AwaitCommand,
            (FrameType.Eop, _) => State.AwaitDisconnect,
            (FrameType.Mps, FrameType.Mcf) => State.AwaitPage,
            _ => State.AwaitCommand,
        };
        _lostInSilence = false;
        _lastReply = _channel.Build(reply);
        _channel.SendFrames(_lastReply);
    }

    private void KeepPage(FrameType reply)
    {
        if (_page is not { } page) return;
        _page = null;
        _pageAttempt = 0;
        _pages.Keep(page.BadRows, page.LongestBadRun);
        _pagesKept++;
        _channel.Emit(new FaxEvent.PageConfirmed(_pagesKept, page.RowCount, page.BadRows, page.OctetCount, reply));
    }

    private void RejectPage(FrameType reply)
    {
        if (_page is null) return;
        _channel.Emit(new FaxEvent.PageRejected(_pagesKept + 1, reply));
        DiscardPage();
    }

    private void DiscardPage()
    {
        _ecm?.Clear();
        _lastBlock = null;
        _heldPostPage = null;
        if (_page is null) return;
        _page = null;
        _pages.Discard();
    }

    private void OnPartialPage(ControlFrame frame)
    {
        if (_settings is not { Ecm: true } || frame.Information is not [var second, var page, var number, var last, ..] || !IsPostPage(second))
        {
            Disconnect(FaxEnd.Incompatible);
            return;
        }

        var block = (page, number);
        var ecm = Ecm;
        if (block == _lastBlock && ecm.IsEmpty && _lastReply is not null)
        {
            // The confirmation of this block was lost.
            _channel.SendFrames(_lastReply);
            return;
        }

        ecm.Announce(BitOrder.Reverse(last) + 1);
        if (ecm.Missing is > 0 and var missing)
        {
            _channel.Emit(new FaxEvent.FramesRequested(_pagesKept + 1, BitOrder.Reverse(number), missing));
            _state = State.AwaitPage;
            _channel.SendFrame(FrameType.Ppr, ecm.MissingMap());
            return;
        }

        for (var i = 0; i < ecm.FrameCount; i++) Page().Append(ecm.Frame(i));
        ecm.Clear();
        _lastBlock = block;
        if (second != 0)
        {
            Page().Complete();
            EndEcmPage(PostPageOf(second));
        }
        else
        {
            _state = State.AwaitPage;
            _lastReply = _channel.Build(FrameType.Mcf);
            _channel.SendFrames(_lastReply);
        }
    }

    // T.30 A.4.3: the second control field of PPS and EOR is a post-page command with X, or 0 within a page.
    private static FrameType PostPageOf(byte second) => Plain((FrameType)(second & 0x7F));

    private static bool IsPostPage(byte second) => second == 0 || PostPageOf(second) is FrameType.Mps or FrameType.Eom or FrameType.Eop;

    private void EndEcmPage(FrameType command)
    {
        if (_pages.IsBusy)
        {
            _heldPostPage = command;
            _state = State.AwaitPage;
            _lastReply = _channel.Build(FrameType.Rnr);
            _channel.SendFrames(_lastReply);
            return;
        }

        _heldPostPage = null;
        EndPage(command, FrameType.Mcf);
    }

    // T.30 A.5: RR follows RNR, or the reply to it that was lost.
    private void OnReceiveReady(TimeSpan now)
    {
        if (_heldPostPage is { } command) EndEcmPage(command);
        else if (_lastReply is not null && _ecm is { IsEmpty: true }) _channel.SendFrames(_lastReply);
        else GoOnWaiting(now);
    }

    private void OnContinueToCorrect(ControlFrame frame)
    {
        // T.30 A.4.1: CTC carries the first 16 bits of DCS; the rate alone may have changed.
        var field = frame.Information.AsSpan();
        if (_settings is not { Ecm: true } || field.Length < 2
            || ModulationExtensions.FromDcsBits(((ReadOnlySpan<byte>)field).Bits(11, 4)) is not { } modulation)
        {
            Disconnect(FaxEnd.Incompatible);
            return;
        }

        _settings = _settings with { Modulation = modulation };
        _channel.Emit(new FaxEvent.Negotiated(_settings));
        _state = State.AwaitPage;
        _channel.SendFrame(FrameType.Ctr);
    }

    private void OnEndOfRetransmission(ControlFrame frame)
    {
        if (_settings is not { Ecm: true } || frame.Information is not [var second, ..] || !IsPostPage(second))
        {
            Disconnect(FaxEnd.Incompatible);
            return;
        }

        RejectPage(FrameType.Err);
        _pageGivenUp = true;
        if (second == 0)
        {
            // The blocks that would follow are the end of a page without its beginning.
            Disconnect(FaxEnd.Quality);
            return;
        }

        var command = PostPageOf(second);
        _afterEom = command == FrameType.Eom;
        _state = command switch
        {
            FrameType.Eop => State.AwaitDisconnect,
            FrameType.Mps => State.AwaitPage,
            _ => State.AwaitCommand,
        };
        _lastReply = _channel.Build(FrameType.Err);
        _channel.SendFrames(_lastReply);
    }
}
