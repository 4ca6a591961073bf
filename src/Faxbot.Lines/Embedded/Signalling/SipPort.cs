using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Threading.Channels;
using Faxbot.Lines.Embedded.Media;
using Faxbot.Sip.Calls;
using Faxbot.Sip.Messages;

namespace Faxbot.Lines.Embedded.Signalling;

/// <summary>
/// Runs a <see cref="SipUserAgent"/> on a UDP socket and a clock. It owns the user agent: every call into it is made under one lock
/// and drained at once; the events of each call go to that call's channel in order.
/// </summary>
internal sealed partial class SipPort : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly SipUserAgent _agent;
    private readonly TimeProvider _time;
    private readonly Action<SipCallEvent.Incoming, ChannelReader<SipCallEvent>> _onIncoming;
    private readonly Lock _gate = new();
    private readonly Dictionary<SipCall, Channel<SipCallEvent>> _calls = [];
    private readonly Dictionary<SipUri, TaskCompletionSource<SipPing>> _pings = new(ReferenceEqualityComparer.Instance);
    private readonly CancellationTokenSource _stop = new();
    private readonly long _origin;
    private readonly ITimer _timer;
    private readonly Task _receiving;

    private SipPort(
        Socket socket, LocalRoutes routes, MediaPorts media, SipUserAgentOptions options, DatagramTap? tap, TimeProvider time,
        Action<SipCallEvent.Incoming, ChannelReader<SipCallEvent>> onIncoming)
    {
        _socket = socket;
        Routes = routes;
        MediaPorts = media;
        Tap = tap;
        _agent = new SipUserAgent(options);
        _time = time;
        _onIncoming = onIncoming;
        _origin = time.GetTimestamp();
        _timer = time.CreateTimer(_ => Drive(static (agent, now) => agent.HandleTimeout(now)), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        LocalEndPoint = options.LocalEndPoint;
        _receiving = ReceiveAsync();
    }

    /// <summary>Where SIP arrives.</summary>
    public IPEndPoint LocalEndPoint { get; }

    /// <summary>How far ends see this machine.</summary>
    public LocalRoutes Routes { get; }

    /// <summary>Where media sockets get their ports.</summary>
    public MediaPorts MediaPorts { get; }

    /// <summary>Shown what is sent.</summary>
    public DatagramTap? Tap { get; }

    /// <summary>Binds and begins to listen.</summary>
    /// <exception cref="SocketException">The address is in use or not of this machine.</exception>
    public static SipPort Open(
        EmbeddedLineOptions options, TimeProvider time, Action<SipCallEvent.Incoming, ChannelReader<SipCallEvent>> onIncoming)
    {
        var socket = new Socket(options.Bind.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.Bind(options.Bind);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        var local = (IPEndPoint)socket.LocalEndPoint!;
        return new SipPort(socket, new LocalRoutes(options.Bind.Address, options.PublicAddress), new MediaPorts(options.MediaPorts), new SipUserAgentOptions
        {
            LocalEndPoint = local,
            Entropy = RandomNumberGenerator.Fill,
            MaxCalls = options.MaxCalls,
        }, options.Tap, time, onIncoming);
    }

    /// <summary>Places a call; its events come through <paramref name="events"/>.</summary>
    public SipCall Invite(InviteRequest request, out ChannelReader<SipCallEvent> events)
    {
        lock (_gate)
        {
            var call = _agent.Invite(request, Now);
            events = Register(call);
            Drain();
            return call;
        }
    }

    /// <summary>Sends OPTIONS and waits for the answer, or for SIP's own timer to run out.</summary>
    public Task<SipPing> PingAsync(string domain, IPEndPoint nextHop, CancellationToken cancel)
    {
        var local = Towards(nextHop.Address);
        // A URI of its own for each ping, by which its end is told apart.
        var target = new SipUri(domain);
        var done = new TaskCompletionSource<SipPing>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _pings.Add(target, done);
            _agent.Ping(target, new SipNameAddr(new SipUri(local.Address.ToString()) { User = "ping" }), nextHop, Now, local);
            Drain();
        }

        return done.Task.WaitAsync(cancel);
    }

    /// <summary>Does something with a call, such as answering it.</summary>
    public void Do(Action<TimeSpan> command)
    {
        lock (_gate)
        {
            command(Now);
            Drain();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _receiving;
        await _timer.DisposeAsync();
        lock (_gate)
        {
            foreach (var call in _calls.Values) call.Writer.TryComplete();
            _calls.Clear();
            foreach (var ping in _pings.Values) ping.TrySetCanceled();
            _pings.Clear();
        }

        _socket.Dispose();
        _stop.Dispose();
    }

    /// <summary>Our address and port as <paramref name="farEnd"/> sees them.</summary>
    public IPEndPoint Towards(IPAddress farEnd) => new(Routes.Towards(farEnd), LocalEndPoint.Port);

    private TimeSpan Now => _time.GetElapsedTime(_origin);

    private async Task ReceiveAsync()
    {
        var buffer = new byte[ushort.MaxValue];
        var any = new IPEndPoint(_socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var received = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, any, _stop.Token);
                var remote = (IPEndPoint)received.RemoteEndPoint;
                lock (_gate)
                {
                    _agent.HandleMessage(buffer.AsSpan(0, received.ReceivedBytes), remote, Towards(remote.Address), Now);
                    Drain();
                }
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (SocketException unreachable) when (unreachable.SocketErrorCode is SocketError.ConnectionRefused or SocketError.ConnectionReset)
            {
                // ICMP for an earlier request: SIP's own timers decide.
                continue;
            }
        }
    }

    private void Drive(Action<SipUserAgent, TimeSpan> input)
    {
        lock (_gate)
        {
            if (_stop.IsCancellationRequested) return;
            input(_agent, Now);
            Drain();
        }
    }

    private void Drain()
    {
        while (_agent.TryTakeOutput(out var output))
        {
            switch (output)
            {
                case SipOutput.Send send:
                    Send(send);
                    break;
                case SipOutput.Report report:
                    Dispatch(report.Event);
                    break;
                case SipOutput.RegistrationChanged { Registration.Owner: Action changed }:
                    changed();
                    break;
                case SipOutput.PingDone { Ping: var ping } when _pings.Remove(ping.Target, out var asked):
                    asked.SetResult(ping);
                    break;
            }
        }

        if (_agent.Deadline is not { } deadline) return;
        var wait = deadline - Now;
        _timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private void Send(SipOutput.Send send)
    {
        Tap?.Invoke(Towards(send.Remote.EndPoint.Address), send.Remote.EndPoint, send.Bytes.Span);
        try
        {
            _socket.SendTo(send.Bytes.Span, SocketFlags.None, send.Remote.EndPoint);
        }
        catch (SocketException refused) when (refused.SocketErrorCode is not SocketError.OperationAborted)
        {
            _agent.HandleTransportError(send.Remote, Now);
        }
    }

    private void Dispatch(SipCallEvent happened)
    {
        if (happened is SipCallEvent.Incoming incoming)
        {
            _onIncoming(incoming, Register(incoming.Call));
            return;
        }

        if (!_calls.TryGetValue(happened.Call, out var channel)) return;
        channel.Writer.TryWrite(happened);
        if (!happened.IsLast) return;
        channel.Writer.TryComplete();
        _calls.Remove(happened.Call);
    }

    private ChannelReader<SipCallEvent> Register(SipCall call)
    {
        var channel = Channel.CreateUnbounded<SipCallEvent>(new UnboundedChannelOptions { SingleReader = true });
        _calls.Add(call, channel);
        return channel.Reader;
    }
}
