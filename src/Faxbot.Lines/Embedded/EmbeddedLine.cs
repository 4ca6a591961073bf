using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Faxbot.Lines.Embedded.Messages;
using Faxbot.Lines.Embedded.Signalling;
using Faxbot.Lines.Embedded.Trunks;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Trunks;
using Faxbot.Sip.Calls;
using Faxbot.Sip.InstantMessages;

namespace Faxbot.Lines.Embedded;

/// <summary>
/// The line that needs nothing installed: our own SIP and T.38. Places and takes any number of calls at once, up to
/// <see cref="EmbeddedLineOptions.MaxCalls"/>. Thread-safe.
/// </summary>
public sealed class EmbeddedLine : IAsyncDisposable
{
    private const int Forbidden = 403, Busy = 486;
    private readonly EmbeddedLineOptions _options;
    private readonly TimeProvider _time;
    private readonly Func<IncomingFax, IncomingDecision> _onIncoming;
    private readonly SipPort _port;
    private readonly ConnectedTrunks _trunks;
    private readonly TrunkRegistrations _registrations;
    private readonly MessageDelivery _delivery;
    private readonly MessageReception? _reception;
    // With whose trunk it goes over, and whether it came in.
    private readonly ConcurrentDictionary<LineCall, (string Holder, bool CameIn)> _calls = new();
    private int _disposed;

    private EmbeddedLine(EmbeddedLineOptions options, TimeProvider time, Func<IncomingFax, IncomingDecision> onIncoming, IMessageRecipient? recipient)
    {
        _options = options;
        _time = time;
        _onIncoming = onIncoming;
        _trunks = new ConnectedTrunks(time);
        _port = SipPort.Open(options, time, OnIncoming, recipient is null ? null : OnMessage);
        _port.Ignores = peer => _trunks.IsSilenced(peer.EndPoint.Address);
        _registrations = new TrunkRegistrations(_port, time, usesLearnedAddress: options.PublicAddress is null);
        _delivery = new MessageDelivery(_port, _registrations, time);
        _reception = recipient is null ? null : new MessageReception(_port, _trunks, recipient, _delivery);
    }

    /// <summary>In which order the servers of trunks are tried.</summary>
    internal ServerChoice Servers => _port.Servers;

    /// <summary>Where SIP arrives.</summary>
    public IPEndPoint LocalEndPoint => _port.LocalEndPoint;

    /// <summary>Where SIP over TLS arrives; null where it does not.</summary>
    public IPEndPoint? TlsEndPoint => _port.TlsEndPoint;

    /// <summary>Opens the line.</summary>
    /// <param name="options">How it meets the network.</param>
    /// <param name="time">The clock.</param>
    /// <param name="onIncoming">
    /// Decides about each call that comes in, without waiting; null refuses all. It is called under the line's lock.
    /// </param>
    /// <param name="recipient">Takes the text messages that come in over connected trunks; null takes none.</param>
    /// <exception cref="SocketException">The address is in use or not of this machine.</exception>
    public static EmbeddedLine Open(
        EmbeddedLineOptions options, TimeProvider time, Func<IncomingFax, IncomingDecision>? onIncoming = null, IMessageRecipient? recipient = null) =>
        new(options, time, onIncoming ?? (_ => new IncomingDecision.Reject(Forbidden)), recipient);

    /// <summary>Places a call; it is under way when this returns.</summary>
    public FaxCall Originate(OutboundFax fax) => Track(
        fax.Trunk.Limits.MaxCallDuration, fax.Holder, cameIn: false, (call, cancel) => new OutboundCall(_port, _registrations, _time, fax, call).RunAsync(cancel));

    /// <summary>How many calls are up that came in over the trunks of that holder.</summary>
    public int CallsIn(string holder) => _calls.Count(call => call.Value.CameIn && call.Value.Holder == holder);

    /// <summary>Places a call that plays a recording once it is answered; it is under way when this returns.</summary>
    public VoiceCall Originate(OutboundVoice voice)
    {
        ArgumentNullException.ThrowIfNull(voice);
        return Keep(new VoiceCall(_time, (call, cancel) =>
            LimitAsync(voice.Trunk.Limits.MaxCallDuration, stop => new PlaybackCall(_port, _registrations, _time, voice, call).RunAsync(stop), cancel)), voice.Holder, cameIn: false);
    }

    /// <summary>
    /// Sends a text message (RFC 3428) and waits until the trunk has taken or refused it, or it is certain that no answer comes: up to some forty
    /// seconds for each message to the same number that is before it.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="cancel">Gives up before it leaves; afterwards the answer is waited for.</param>
    /// <exception cref="OperationCanceledException">It was given up, and nothing left.</exception>
    public Task<MessageOutcome> SendMessageAsync(OutboundMessage message, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(message);
        var text = SipBody.FromText(message.Text);
        MessageBody plain = (_, _, _) => text;
        return _delivery.SendAsync(
            message,
            message is { Reference.Length: > 0, Trunk.Messages.DeliveryNotices: true } ? [(from, to, at) => ImdnHeaders.Ask(text, message.Reference, from, to, at), plain] : [plain],
            cancel);
    }

    /// <summary>
    /// Connects a trunk until the connection is disposed: keeps it registered where its profile wants that, watches its servers, and lets in what it
    /// brings. It is under way when this returns. Connections with the same address of record share one registration, with the settings of the newest.
    /// </summary>
    /// <param name="trunk">The trunk; <see cref="TrunkProfileRules"/> finds nothing wrong with it.</param>
    /// <param name="holder">Whose it is, by which its calls are told apart.</param>
    /// <param name="takes">What is let in over it through this connection.</param>
    public TrunkConnection Connect(TrunkProfile trunk, string holder, TrunkTraffic takes = TrunkTraffic.Calls)
    {
        ArgumentNullException.ThrowIfNull(trunk);
        var connection = new TrunkConnection(trunk, holder, takes, _registrations.Hold(trunk), new ServerWatch(_port, trunk, _time), _trunks.Remove);
        _trunks.Add(connection);
        return connection;
    }

    /// <summary>Asks all servers of a trunk for a sign of life (OPTIONS), at all their places at once; calls nobody.</summary>
    public async Task<TrunkPing> PingAsync(TrunkProfile trunk, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(trunk);
        var pings = await Task.WhenAll(ServerChoice.Ordered(trunk).Select(server => PingAsync(trunk, server, cancel)));
        return new TrunkPing([.. pings.SelectMany(ping => ping)]);
    }

    /// <summary>Looks at a trunk step by step: its servers, our address, its registration, and a call where a number is given.</summary>
    /// <param name="trunk">The trunk; <see cref="TrunkProfileRules"/> finds nothing wrong with it.</param>
    /// <param name="dial">A number that is sent a test page; null calls nobody.</param>
    /// <param name="cancel">Gives up.</param>
    public Task<IReadOnlyList<CheckFinding>> CheckAsync(TrunkProfile trunk, string? dial, CancellationToken cancel) =>
        new TrunkCheck(this, _port.Routes, trunk, _time).RunAsync(dial, cancel);

    /// <summary>Ends all calls in order, unregisters and closes the line.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        foreach (var call in _calls.Keys) call.Cancel();
        Task all = Task.WhenAll(_calls.Keys.Select(call => call.Ending));
        // A call that broke has told its owner; the line closes all the same.
        await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_reception is not null) await _reception.WhenAllAsync();
        await Task.WhenAll(_trunks.All.Select(trunk => trunk.DisposeAsync().AsTask()));
        await _registrations.WhenGoneAsync();
        await _port.DisposeAsync();
    }

    private async Task<ServerPing[]> PingAsync(TrunkProfile trunk, TrunkServer server, CancellationToken cancel)
    {
        var hops = await _port.Servers.ResolveAsync(trunk, server, cancel);
        if (hops.Count == 0)
            return [new ServerPing(server.Host, null, null, $"The name {server.Host} has no address: check it and this machine's name service.", TimeSpan.Zero)];
        return await Task.WhenAll(hops.Select(async hop =>
        {
            var ping = await _port.PingAsync(trunk.AddressDomain(), hop, cancel);
            return new ServerPing(server.Host, hop, ping.Response?.Status, ping.IsAlive ? null : Problem(ping), ping.Elapsed);
        }));
    }

    private string Problem(SipPing ping) => ping.Failure?.Origin == SipFailureOrigin.Transport && _port.ProblemAt(ping.NextHop) is { } problem
        ? $"{ping.NextHop}: {problem.Sentence} {problem.Next}"
        : $"{ping.NextHop} does not answer SIP: check the trunk's address, port and transport, and the firewalls between.";

    private void OnMessage(IncomingMessage message) => _reception!.Take(message);

    private void OnIncoming(SipCallEvent.Incoming incoming, ChannelReader<SipCallEvent> events)
    {
        var match = _trunks.Match(incoming.Request, incoming.Peer.EndPoint, TrunkTraffic.Calls);
        if (match is InboundMatch.Prove proof)
        {
            _port.Do(now => incoming.Call.Challenge(proof.Challenge, now));
            return;
        }

        var trunk = (match as InboundMatch.Of)?.Trunk;
        var terms = trunk is null ? InboundTerms.Of(_options) : InboundTerms.Of(trunk);
        var holder = trunk?.Holder ?? "";
        switch (IsFull(trunk) ? new IncomingDecision.Reject(Busy) : _onIncoming(Describe(incoming, trunk) with { T38 = terms.T38 }))
        {
            case IncomingDecision.Accept accept:
                accept.Started(Track(
                    trunk?.Trunk.Limits.MaxCallDuration, holder, cameIn: true, (call, cancel) => ReceiveAsync(incoming, events, accept, terms with { T38 = accept.T38 ?? terms.T38 }, call, cancel)));
                break;
            case IncomingDecision.Ring:
                Track(null, holder, cameIn: true, (_, cancel) => new SilentCall(_port, terms, _time, incoming, events).RingAsync(cancel));
                break;
            case IncomingDecision.Voice voice:
                Track(null, holder, cameIn: true, (_, cancel) => new SilentCall(_port, terms, _time, incoming, events).AnswerAsync(voice, cancel));
                break;
            case IncomingDecision.Reject reject:
                if (trunk is null && reject.Status == Forbidden) _trunks.NoteStranger(incoming.Peer.EndPoint.Address);
                _port.Do(now => incoming.Call.Reject(reject.Status, now));
                break;
        }
    }

    // A trunk sells so many calls at a time, whoever began them.
    private bool IsFull(TrunkConnection? trunk) => _calls.Count >= _options.MaxCalls
        || (trunk?.Trunk.Limits.MaxCalls is { } most && _calls.Count(call => call.Value.Holder == trunk.Holder) >= most);

    private static IncomingFax Describe(SipCallEvent.Incoming incoming, TrunkConnection? trunk) => trunk is null
        ? new IncomingFax(incoming.Request.RequestUri.User ?? "", incoming.Request.Headers.From?.Uri.User ?? "", incoming.Peer.EndPoint)
        : new IncomingFax(
            InboundNumbers.Called(incoming.Request, trunk.Trunk.Inbound), InboundNumbers.Calling(incoming.Request, trunk.Trunk.Inbound), incoming.Peer.EndPoint, trunk);

    private async Task<FaxOutcome> ReceiveAsync(
        SipCallEvent.Incoming incoming, ChannelReader<SipCallEvent> events, IncomingDecision.Accept accept, InboundTerms terms, FaxCall call,
        CancellationToken cancel)
    {
        try
        {
            return await new InboundCall(_port, _options.Receiver, terms, _time, incoming, events, accept.Pages, call).RunAsync(cancel);
        }
        finally
        {
            (accept.Pages as IDisposable)?.Dispose();
        }
    }

    private FaxCall Track(TimeSpan? longest, string holder, bool cameIn, Func<FaxCall, CancellationToken, Task<FaxOutcome>> script) =>
        Keep(new FaxCall(_time, (running, cancel) => LimitAsync(longest, stop => script(running, stop), cancel)), holder, cameIn);

    // Runs a call's script for as long as a call may last.
    private async Task<T> LimitAsync<T>(TimeSpan? longest, Func<CancellationToken, Task<T>> script, CancellationToken cancel)
    {
        var most = longest is { } ofTrunk && ofTrunk < _options.MaxCallDuration ? ofTrunk : _options.MaxCallDuration;
        using var limit = new CancellationTokenSource(most, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        return await script(either.Token);
    }

    // Keeps a call until it is over.
    private T Keep<T>(T call, string holder, bool cameIn) where T : LineCall
    {
        _calls.TryAdd(call, (holder, cameIn));
        _ = call.Ending.ContinueWith(
            _ => _calls.TryRemove(call, out (string, bool) _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return call;
    }
}
