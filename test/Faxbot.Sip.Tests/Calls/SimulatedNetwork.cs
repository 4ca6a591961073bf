using System.Net;
using System.Text;
using Faxbot.Sip.Calls;

namespace Faxbot.Sip.Tests.Calls;

/// <summary>A network in virtual time that loses, delays, reorders and doubles datagrams, the same way for the same seed.</summary>
internal sealed class SimulatedNetwork(ulong seed)
{
    private readonly SeededEntropy _dice = new(seed);
    private readonly Dictionary<IPEndPoint, SimulatedHost> _hosts = [];
    private readonly PriorityQueue<Flight, (TimeSpan At, long Order)> _flights = new();
    private readonly PriorityQueue<Action<TimeSpan>, (TimeSpan At, long Order)> _plans = new();
    private long _order;

    public double Loss { get; init; }

    public double Duplication { get; init; }

    public TimeSpan Delay { get; init; } = TimeSpan.FromMilliseconds(10);

    public TimeSpan Jitter { get; init; }

    /// <summary>Decides about single datagrams: false loses it.</summary>
    public Func<string, bool> Passes { get; set; } = _ => true;

    public TimeSpan Now { get; private set; }

    public List<string> Trace { get; } = [];

    public SimulatedHost Add(SimulatedHost host)
    {
        _hosts.Add(host.EndPoint, host);
        return host;
    }

    /// <summary>Does something at that time.</summary>
    public void At(TimeSpan time, Action<TimeSpan> act) => _plans.Enqueue(act, (time, _order++));

    /// <summary>Runs until nothing is left to happen; fails when that takes longer than the limit.</summary>
    public void Run(TimeSpan limit)
    {
        Drain();
        while (NextTime() is { } next)
        {
            Assert.True(next <= limit, $"still busy at {next}\n{string.Join('\n', Trace.TakeLast(30))}");
            Now = next > Now ? next : Now;
            Step();
        }
    }

    /// <summary>Runs up to that time.</summary>
    public void RunUntil(TimeSpan time)
    {
        Drain();
        while (NextTime() is { } next && next <= time)
        {
            Now = next > Now ? next : Now;
            Step();
        }

        Now = time;
    }

    private TimeSpan? NextTime()
    {
        TimeSpan? next = _flights.TryPeek(out _, out var flight) ? flight.At : null;
        if (_plans.TryPeek(out _, out var plan) && (next is null || plan.At < next))
        {
            next = plan.At;
        }

        foreach (var host in _hosts.Values)
        {
            if (host.Agent.Deadline is { } deadline && (next is null || deadline < next))
            {
                next = deadline;
            }
        }

        return next;
    }

    private void Step()
    {
        while (_plans.TryPeek(out _, out var plan) && plan.At <= Now)
        {
            _plans.Dequeue()(Now);
        }

        while (_flights.TryPeek(out _, out var at) && at.At <= Now)
        {
            var flight = _flights.Dequeue();
            if (_hosts.TryGetValue(flight.To, out var host))
            {
                host.Agent.HandleMessage(flight.Bytes.Span, flight.From, flight.To, Now);
                Drain(host);
            }
        }

        foreach (var host in _hosts.Values)
        {
            if (host.Agent.Deadline <= Now)
            {
                host.Agent.HandleTimeout(Now);
            }
        }

        Drain();
        foreach (var host in _hosts.Values)
        {
            TickEarly(host);
        }
    }

    // The invariant of every machine: a tick before the deadline changes nothing.
    private void TickEarly(SimulatedHost host)
    {
        var deadline = host.Agent.Deadline;
        if (deadline is null || deadline > Now)
        {
            host.Agent.HandleTimeout(Now);
            Assert.Equal(deadline, host.Agent.Deadline);
            Assert.False(host.Agent.TryTakeOutput(out _));
        }
    }

    private void Drain()
    {
        foreach (var host in _hosts.Values)
        {
            Drain(host);
        }
    }

    private void Drain(SimulatedHost host)
    {
        while (host.Agent.TryTakeOutput(out var output))
        {
            switch (output)
            {
                case SipOutput.Send send:
                    Transmit(send);
                    break;
                case SipOutput.Report report:
                    Trace.Add($"{Now.TotalSeconds,8:F3} {host.EndPoint} {report.Event.GetType().Name}");
                    host.Events.Add(report.Event);
                    host.Script(report.Event, Now);
                    break;
                case SipOutput.PingDone done:
                    host.Pings.Add(done.Ping);
                    break;
            }
        }
    }

    private void Transmit(SipOutput.Send send)
    {
        var text = Encoding.UTF8.GetString(send.Bytes.Span);
        var passes = Passes(text) && _dice.NextDouble() >= Loss;
        Trace.Add($"{Now.TotalSeconds,8:F3} {send.Local} -> {send.Remote} {(passes ? "" : "LOST ")}{text[..text.IndexOf('\r', StringComparison.Ordinal)]}");
        var copies = !passes ? 0 : _dice.NextDouble() < Duplication ? 2 : 1;
        for (var i = 0; i < copies; i++)
        {
            _flights.Enqueue(new Flight(send.Bytes, send.Local, send.Remote.EndPoint), (Now + Delay + (Jitter * _dice.NextDouble()), _order++));
        }
    }

    private sealed record Flight(ReadOnlyMemory<byte> Bytes, IPEndPoint From, IPEndPoint To);
}
