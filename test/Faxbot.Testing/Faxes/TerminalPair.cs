using Faxbot.Fax.T30;
using Faxbot.Fax.T38;

namespace Faxbot.Testing.Faxes;

/// <summary>Two T.38 terminals wired to each other through a faulty link, in virtual time. The same seed gives the same call.</summary>
public sealed class TerminalPair
{
    private readonly ILinkEnd[] _ends;
    private readonly LinkFaults _faults;
    private readonly Random _random;
    private readonly PriorityQueue<Flight, (TimeSpan At, int Order)> _network = new();
    private readonly int[] _burstLeft = new int[2];
    private readonly int[] _lost = new int[2];
    private readonly byte[] _buffer;
    private int _order;

    /// <summary>Our terminal as end 0 and as end 1, in any roles.</summary>
    public TerminalPair(T38Terminal first, T38Terminal second, LinkFaults? faults = null, int seed = 1)
        : this(new TerminalEnd(first), new TerminalEnd(second), faults, seed)
    {
    }

    /// <summary>Our terminal as end 0 and another one as end 1, in any roles.</summary>
    public TerminalPair(T38Terminal ours, ILinkEnd other, LinkFaults? faults = null, int seed = 1)
        : this(new TerminalEnd(ours), other, faults, seed)
    {
    }

    private TerminalPair(ILinkEnd first, ILinkEnd second, LinkFaults? faults, int seed)
    {
        _ends = [first, second];
        _faults = faults ?? LinkFaults.None;
        _random = new Random(seed);
        _buffer = new byte[Math.Max(first.MaxDatagram, second.MaxDatagram)];
    }

    /// <summary>The clock.</summary>
    public TimeSpan Now { get; private set; }

    /// <summary>Datagrams sent by both.</summary>
    public int Datagrams { get; private set; }

    /// <summary>Datagrams of one end that the faults swallowed.</summary>
    public int Lost(int side) => _lost[side];

    /// <summary>Events of either terminal, as they came.</summary>
    public List<(int Side, TimeSpan At, FaxEvent Event)> Events { get; } = [];

    /// <summary>Called for each event; may end a terminal.</summary>
    public Action<int, FaxEvent>? OnEvent { get; set; }

    /// <summary>Called for each datagram that is sent: side, time, octets; false drops it.</summary>
    public Func<int, TimeSpan, byte[], bool>? OnDatagram { get; set; }

    /// <summary>Whether events are collected; off for benchmarks.</summary>
    public bool KeepsEvents { get; init; } = true;

    /// <summary>Whether both have ended.</summary>
    public bool IsDone => Array.TrueForAll(_ends, end => end.IsDone);

    /// <summary>Runs both to their end, or until <paramref name="limit"/>; true when both have ended.</summary>
    public bool Run(TimeSpan limit)
    {
        Start();
        return RunUntil(limit);
    }

    /// <summary>Begins both sessions.</summary>
    public void Start()
    {
        _ends[0].Start(Now);
        _ends[1].Start(Now);
        Drain();
    }

    /// <summary>Goes on until <paramref name="limit"/>; true when both have ended.</summary>
    public bool RunUntil(TimeSpan limit)
    {
        while (NextTime() is { } next && next <= limit)
        {
            Now = next;
            while (_network.TryPeek(out var flight, out var due) && due.At <= Now)
            {
                _network.Dequeue();
                _ends[flight.To].HandleDatagram(flight.Octets, Now);
                Drain();
            }

            foreach (var end in _ends)
            {
                if (end.Deadline <= Now) end.HandleTimeout(Now);
            }

            Drain();
        }

        return IsDone;
    }

    private TimeSpan? NextTime()
    {
        TimeSpan? next = _network.TryPeek(out _, out var due) ? due.At : null;
        foreach (var end in _ends)
        {
            if (end.Deadline is { } deadline && (next is null || deadline < next)) next = deadline < Now ? Now : deadline;
        }

        return next;
    }

    private void Drain()
    {
        for (var side = 0; side < 2; side++)
        {
            while (_ends[side].TryTakeDatagram(_buffer, out var length)) Send(side, _buffer.AsSpan(0, length));
            while (_ends[side].TryTakeEvent(out var value))
            {
                if (KeepsEvents) Events.Add((side, Now, value!));
                OnEvent?.Invoke(side, value!);
            }
        }
    }

    private void Send(int side, ReadOnlySpan<byte> datagram)
    {
        Datagrams++;
        var octets = datagram.ToArray();
        if (OnDatagram?.Invoke(side, Now, octets) == false || IsLost(side)) return;
        var suffers = _faults.OnlyFrom is null || _faults.OnlyFrom == side;
        var late = suffers && _random.NextDouble() < _faults.Reorder ? TimeSpan.FromMilliseconds(_random.Next(10, 90)) : TimeSpan.Zero;
        Launch(side, octets, _faults.Delay + late);
        if (suffers && _random.NextDouble() < _faults.Duplicate) Launch(side, octets, _faults.Delay + TimeSpan.FromMilliseconds(_random.Next(1, 60)));
    }

    private bool IsLost(int side)
    {
        if (_faults.OnlyFrom is { } only && only != side) return false;
        if (_burstLeft[side] == 0 && _random.NextDouble() < _faults.Loss / _faults.Burst) _burstLeft[side] = _faults.Burst;
        if (_burstLeft[side] == 0) return false;
        _burstLeft[side]--;
        _lost[side]++;
        return true;
    }

    private void Launch(int from, byte[] octets, TimeSpan delay) => _network.Enqueue(new Flight(1 - from, octets), (Now + delay, _order++));

    private readonly record struct Flight(int To, byte[] Octets);
}
