namespace Faxbot.Fax.T38;

/// <summary>
/// Brings the IFP packets of UDPTL datagrams into order, each once. Give it a datagram with <see cref="Accept"/>, then drain it with
/// <see cref="TryTake"/> until that returns false. What is missing is taken from redundancy and parity; where that does not help, a
/// few later datagrams are held back for one that was overtaken (<see cref="IsHolding"/>), and then the loss is reported.
/// One object serves one direction of one call; it is not thread-safe. Nothing that a far end sends makes it throw.
/// </summary>
public sealed class UdptlReceiver
{
    // A first number below this is taken for a count from 0 whose beginning is missing.
    private const int FirstNumbers = 16;

    // Numbers so far ahead are a loss (two minutes of it), those so far behind are late; anything else is another count.
    private const int FurthestAhead = 4096;
    private const int FurthestBehind = 256;

    // So many late numbers in a row are no delayed copies but a far end that began again soon after its start.
    private const int LateRun = 64;

    // What is kept for parity while the far end has not shown its kind of protection, and at most.
    private const int KeptAtFirst = 32;
    private const int MaxParityReach = 64;

    private readonly UdptlReceiverOptions _options;
    private readonly PacketWindow _window = new();
    private bool _started;
    private long _countStart = -1;
    private long _expected;
    private long _restartAt = -1;
    private long _releasedThrough = -1;
    private int _kept = KeptAtFirst;
    private int _parityReach;
    private bool _usesParity;
    private int _lastLate = -1;
    private int _lateRun;
    private int _lostBefore;
    private bool _restartedBefore;
    private int _datagrams, _malformed, _duplicates, _recovered, _lost, _restarts;

    /// <summary>Waits for the first datagram.</summary>
    public UdptlReceiver(UdptlReceiverOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
    }

    /// <summary>What has been seen so far.</summary>
    public UdptlStatistics Statistics => new(_datagrams, _malformed, _duplicates, _recovered, _lost, _restarts);

    /// <summary>Whether packets are held back for a missing one. The caller limits the time, and then calls <see cref="ReleaseHeld"/>.</summary>
    public bool IsHolding => _window.Waiting > 0 && !IsLoneEmpty;

    private bool IsLoneEmpty => _window.Waiting == 1 && _window.First.Length == 0;

    /// <summary>Gives up what is missing: <see cref="TryTake"/> then hands over everything that is held.</summary>
    public void ReleaseHeld()
    {
        if (_window.Waiting > 0)
            _releasedThrough = _window.LastSequence;
    }

    /// <summary>Expects another count, as after an answer that moved the stream; what is held is handed over first.</summary>
    public void Restart()
    {
        ReleaseHeld();
        _started = false;
    }

    /// <summary>Takes one datagram. A copy of one that was seen is no error; of a malformed one nothing is used.</summary>
    public UdptlError Accept(ReadOnlySpan<byte> datagram)
    {
        _window.Forget(_kept);
        var error = datagram.Length > _options.MaxDatagram ? UdptlError.TooLong : UdptlError.None;
        UdptlPacket packet = default;
        if (error == UdptlError.None)
            error = UdptlPacket.TryParse(datagram, out packet);
        if (error != UdptlError.None)
        {
            _malformed++;
            return error;
        }
        _datagrams++;
        if (!TryPlace(packet, out var sequence, out var next))
        {
            _duplicates++;
            return UdptlError.None;
        }
        if (!TryAdd(sequence, packet.Primary, recovered: false))
            _duplicates++;
        if (packet.IsFec)
            AddFromParity(packet, sequence, next);
        else
            AddSecondaries(packet.Entries, sequence, next);
        return UdptlError.None;
    }

    /// <summary>Hands over the next packet, if it is there or its turn has come.</summary>
    public bool TryTake(out UdptlDelivery delivery)
    {
        // An empty packet that keeps a path open may borrow the number of the next one: it is passed over only when more follows.
        while (_window.Waiting > 0 && !IsLoneEmpty)
        {
            var first = _window.First.Sequence;
            if (_restartAt >= 0 && first >= _restartAt)
                EnterCount();
            if (first != _expected && !MayGiveUp(first))
                break;
            Lose((int)Math.Min(first - _expected, FurthestAhead));
            _expected = first + 1;
            ref readonly var taken = ref _window.Take();
            if (taken.Length == 0)
                continue;
            if (taken.Recovered)
                _recovered++;
            delivery = new UdptlDelivery(taken.Packet, (ushort)first, _lostBefore, _restartedBefore, taken.Recovered);
            _lostBefore = 0;
            _restartedBefore = false;
            return true;
        }
        delivery = default;
        return false;
    }

    private void EnterCount()
    {
        _expected = _restartAt;
        _restartAt = -1;
        _restartedBefore = true;
        _lostBefore = 0;
    }

    private void Lose(int packets)
    {
        _lostBefore += packets;
        _lost += packets;
    }

    private bool MayGiveUp(long first) =>
        first <= _releasedThrough || _window.WaitingPrimaries > Math.Max(_options.HoldDatagrams, _parityReach);

    // Unwraps the sequence number. False for one that is late; next is the first number that is still of use.
    private bool TryPlace(in UdptlPacket packet, out long sequence, out long next)
    {
        if (!_started)
            Start(packet);
        next = _restartAt >= 0 ? _restartAt : _expected;
        var ahead = (short)(packet.Sequence - (ushort)next);
        if (ahead is > FurthestAhead or < -FurthestBehind || (ahead < 0 && IsLateRun(packet.Sequence)))
        {
            BeginCount(packet.Sequence < FirstNumbers ? 0 : packet.Sequence);
            next = _restartAt;
            ahead = (short)(packet.Sequence - (ushort)next);
        }
        sequence = next + ahead;
        if (ahead < 0)
            return false;
        _lateRun = 0;
        return true;
    }

    private bool IsLateRun(ushort sequence)
    {
        if (sequence != _lastLate)
            _lateRun = _lateRun > 0 && sequence == (ushort)(_lastLate + 1) ? _lateRun + 1 : 1;
        _lastLate = sequence;
        return _lateRun >= LateRun;
    }

    private void Start(in UdptlPacket packet)
    {
        var first = packet.Sequence < FirstNumbers ? 0
            : packet.IsFec ? packet.Sequence
            : Math.Max(packet.Sequence - packet.Entries.Count, 0);
        _started = true;
        if (_countStart >= 0)
            BeginCount(first);
        else
            _countStart = _expected = first;
    }

    // Puts the new count behind all that went before it in the unwrapped numbers.
    private void BeginCount(int first)
    {
        ReleaseHeld();
        var after = _window.Waiting > 0 ? _window.LastSequence + 1 : Math.Max(_expected, _restartAt);
        _restartAt = after + (ushort)(first - after);
        _countStart = _restartAt;
        _lateRun = 0;
        _restarts++;
    }

    private bool TryAdd(long sequence, ReadOnlySpan<byte> packet, bool recovered)
    {
        if (_window.TryAdd(sequence, packet.Length, recovered, out var octets))
        {
            packet.CopyTo(octets);
            return true;
        }
        // Only a flood with gaps fills the window: it is not worth waiting for what is missing there.
        if (_window.Waiting == PacketWindow.MaxWaiting)
            ReleaseHeld();
        return false;
    }

    private void AddSecondaries(UdptlEntries secondaries, long sequence, long next)
    {
        if (secondaries.Count > 0 && !_usesParity)
            _kept = 0;
        foreach (var packet in secondaries)
        {
            if (--sequence < next)
                break;
            TryAdd(sequence, packet, recovered: true);
        }
    }

    // T.38 9.1.4.2: message m of n covers the packets s - span * n + m, then every n-th, up to s - n + m.
    private void AddFromParity(in UdptlPacket packet, long sequence, long next)
    {
        var step = packet.Entries.Count;
        var reach = packet.FecSpan * step;
        _usesParity = true;
        if (reach > MaxParityReach)
            return;
        _parityReach = Math.Max(_parityReach, reach);
        _kept = Math.Max(KeptAtFirst, _parityReach);
        if (reach == 0 || _window.HasAll(next, sequence))
            return;
        var oldest = sequence - reach;
        foreach (var message in packet.Entries)
        {
            if (oldest >= _countStart)
                _window.TryRepair(message, oldest, step, packet.FecSpan, next);
            oldest++;
        }
    }
}
