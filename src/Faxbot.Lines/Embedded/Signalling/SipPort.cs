using System.Net;
using System.Security.Cryptography;
using System.Threading.Channels;
using Faxbot.Lines.Embedded.Media;
using Faxbot.Lines.Embedded.Signalling.Names;
using Faxbot.Lines.Embedded.Signalling.Stun;
using Faxbot.Lines.Embedded.Signalling.Transports;
using Faxbot.Sip.Calls;
using Faxbot.Sip.InstantMessages;
using Faxbot.Sip.Messages;
using Faxbot.Sip.Transports;

namespace Faxbot.Lines.Embedded.Signalling;

/// <summary>
/// Runs a <see cref="SipUserAgent"/> on its transports and a clock. It owns the user agent: every call into it is made under one lock
/// and drained at once; the events of each call go to that call's channel in order.
/// </summary>
internal sealed partial class SipPort : IAsyncDisposable, ITransportUser
{
    // What is remembered of failures is for those who ask at once.
    private const int MostProblems = 1_000;

    private readonly UdpTransport _udp;
    private readonly StreamTransport _streams;
    private readonly PublicAddress? _publicAddress;
    private readonly SipUserAgent _agent;
    private readonly TimeProvider _time;
    private readonly Action<SipCallEvent.Incoming, ChannelReader<SipCallEvent>> _onIncoming;
    private readonly Action<IncomingMessage>? _onMessage;
    private readonly Lock _gate = new();
    private readonly Dictionary<SipCall, Channel<SipCallEvent>> _calls = [];
    private readonly Dictionary<SipUri, TaskCompletionSource<SipPing>> _pings = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<InstantMessage, TaskCompletionSource<InstantMessageResult>> _messages = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<SipHop, TransportProblem> _problems = [];
    private readonly long _origin;
    private readonly ITimer _timer;
    private bool _isClosed;

    private SipPort(
        SipSockets sockets, EmbeddedLineOptions options, TimeProvider time, Action<SipCallEvent.Incoming, ChannelReader<SipCallEvent>> onIncoming,
        Action<IncomingMessage>? onMessage)
    {
        _udp = new UdpTransport(sockets.Udp);
        _streams = new StreamTransport(options.Streams, new TlsIdentity(options.TlsCertificate, options.TlsChain, options.TlsRoots), time, this, options.StreamTap);
        var (names, family) = (new NameLookup(options.NameServers, time), options.Bind.AddressFamily);
        Servers = new ServerChoice(new HopResolver(names, family, RandomNumberGenerator.GetInt32), time);
        Routes = new LocalRoutes(options.Bind.Address, options.PublicAddress);
        _publicAddress = options.StunServer is { } stun && options.PublicAddress is null
            ? new PublicAddress(stun, names, family, time, (request, server) => _udp.Send(request, server), Routes.Learn)
            : null;
        MediaPorts = new MediaPorts(options.MediaPorts);
        Tap = options.Tap;
        TlsEndPoint = (IPEndPoint?)sockets.Tls?.LocalEndPoint;
        _agent = new SipUserAgent(new SipUserAgentOptions
        {
            LocalEndPoint = _udp.LocalEndPoint,
            TlsPort = TlsEndPoint?.Port,
            Entropy = RandomNumberGenerator.Fill,
            MaxCalls = options.MaxCalls,
            TakesMessages = onMessage is not null,
        });
        _time = time;
        _onIncoming = onIncoming;
        _onMessage = onMessage;
        _origin = time.GetTimestamp();
        _timer = time.CreateTimer(_ => Drive(static (agent, now) => agent.HandleTimeout(now)), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Where SIP arrives.</summary>
    public IPEndPoint LocalEndPoint => _udp.LocalEndPoint;

    /// <summary>Where SIP over TLS arrives; null where it does not.</summary>
    public IPEndPoint? TlsEndPoint { get; }

    /// <summary>Done when it is known how far ends see this machine, as well as it can be.</summary>
    public Task Located => _publicAddress?.FirstRound ?? Task.CompletedTask;

    /// <summary>Where trunks are.</summary>
    public ServerChoice Servers { get; }

    /// <summary>How far ends see this machine.</summary>
    public LocalRoutes Routes { get; }

    /// <summary>Where media sockets get their ports.</summary>
    public MediaPorts MediaPorts { get; }

    /// <summary>Shown what is sent.</summary>
    public DatagramTap? Tap { get; }

    /// <summary>Binds and begins to listen.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The address is in use or not of this machine.</exception>
    public static SipPort Open(
        EmbeddedLineOptions options, TimeProvider time, Action<SipCallEvent.Incoming, ChannelReader<SipCallEvent>> onIncoming,
        Action<IncomingMessage>? onMessage = null)
    {
        var sockets = SipSockets.Bind(options);
        var port = new SipPort(sockets, options, time, onIncoming, onMessage);
        port._udp.Start(port);
        port._publicAddress?.Start();
        if (sockets.Tcp is { } tcp) port._streams.Listen(tcp, SipTransport.Tcp);
        if (sockets.Tls is { } tls) port._streams.Listen(tls, SipTransport.Tls);
        return port;
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
    public Task<SipPing> PingAsync(string domain, SipHop nextHop, CancellationToken cancel)
    {
        var local = Towards(nextHop.EndPoint.Address);
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

    /// <summary>Why that hop could not be reached when it was last tried; null when nothing is known.</summary>
    public TransportProblem? ProblemAt(SipHop hop)
    {
        lock (_gate) return _problems.GetValueOrDefault(hop);
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate) _isClosed = true;
        if (_publicAddress is not null) await _publicAddress.DisposeAsync();
        await _udp.DisposeAsync();
        await _streams.DisposeAsync();
        await _timer.DisposeAsync();
        lock (_gate)
        {
            foreach (var call in _calls.Values) call.Writer.TryComplete();
            _calls.Clear();
            foreach (var ping in _pings.Values) ping.TrySetCanceled();
            _pings.Clear();
            foreach (var message in _messages.Values) message.TrySetCanceled();
            _messages.Clear();
        }
    }

    /// <summary>Our address and port as <paramref name="farEnd"/> sees them.</summary>
    public IPEndPoint Towards(IPAddress farEnd) => new(Routes.Towards(farEnd), LocalEndPoint.Port);

    private TimeSpan Now => _time.GetElapsedTime(_origin);

    void ITransportUser.HandleMessage(ReadOnlySpan<byte> message, SipHop remote)
    {
        if (!remote.IsReliable && StunBinding.IsStun(message))
        {
            _publicAddress?.Handle(message, remote.EndPoint);
            return;
        }

        lock (_gate)
        {
            if (_isClosed) return;
            _agent.HandleMessage(message, remote, Towards(remote.EndPoint.Address), Now);
            Drain();
        }
    }

    void ITransportUser.HandlePong(SipHop remote) => Drive((agent, _) => agent.HandlePong(remote));

    void ITransportUser.HandleTransportError(SipHop remote, TransportProblem problem) => Drive((_, _) => Fail(remote, problem));

    private void Drive(Action<SipUserAgent, TimeSpan> input)
    {
        lock (_gate)
        {
            if (_isClosed) return;
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
                case SipOutput.MessageReceived { Message: var message }:
                    _onMessage!(message);
                    break;
                case SipOutput.MessageDone { Message: var message, Result: var result } when _messages.Remove(message, out var sent):
                    sent.SetResult(result);
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
        var remote = send.Remote;
        if (!remote.IsReliable) Tap?.Invoke(Towards(remote.EndPoint.Address), remote.EndPoint, send.Bytes.Span);
        var problem = remote.IsReliable ? _streams.Send(send.Bytes, remote) : _udp.Send(send.Bytes.Span, remote.EndPoint);
        if (problem is not null) Fail(remote, problem);
    }

    private void Fail(SipHop remote, TransportProblem problem)
    {
        if (_problems.Count >= MostProblems) _problems.Clear();
        _problems[remote] = problem;
        _agent.HandleTransportError(remote, Now);
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
