using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Faxbot.Lines.Embedded.Signalling;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Trunks;
using Faxbot.Sip.Calls;

namespace Faxbot.Lines.Embedded;

/// <summary>
/// The line that needs nothing installed: our own SIP and T.38 on UDP sockets. Places and takes any number of calls at once, up to
/// <see cref="EmbeddedLineOptions.MaxCalls"/>. Thread-safe.
/// </summary>
public sealed class EmbeddedLine : IAsyncDisposable
{
    private readonly EmbeddedLineOptions _options;
    private readonly TimeProvider _time;
    private readonly Func<IncomingFax, IncomingDecision> _onIncoming;
    private readonly SipPort _port;
    private readonly ConcurrentDictionary<FaxCall, byte> _calls = new();
    private int _disposed;

    private EmbeddedLine(EmbeddedLineOptions options, TimeProvider time, Func<IncomingFax, IncomingDecision> onIncoming)
    {
        _options = options;
        _time = time;
        _onIncoming = onIncoming;
        _port = SipPort.Open(options, time, OnIncoming);
    }

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
    /// <exception cref="SocketException">The address is in use or not of this machine.</exception>
    public static EmbeddedLine Open(EmbeddedLineOptions options, TimeProvider time, Func<IncomingFax, IncomingDecision>? onIncoming = null) =>
        new(options, time, onIncoming ?? (_ => new IncomingDecision.Reject(403)));

    /// <summary>Places a call; it is under way when this returns.</summary>
    public FaxCall Originate(OutboundFax fax) => Track((call, cancel) => new OutboundCall(_port, _time, fax, call).RunAsync(cancel));

    /// <summary>Asks all servers of a trunk for a sign of life (OPTIONS), at all their places at once; calls nobody.</summary>
    public async Task<TrunkPing> PingAsync(TrunkProfile trunk, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(trunk);
        var pings = await Task.WhenAll(ServerChoice.Ordered(trunk).Select(server => PingAsync(trunk, server, cancel)));
        return new TrunkPing([.. pings.SelectMany(ping => ping)]);
    }

    /// <summary>Ends all calls in order and closes the line.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        foreach (var call in _calls.Keys) call.Cancel();
        Task all = Task.WhenAll(_calls.Keys.Select(call => call.Completion));
        // A call that broke has told its owner; the line closes all the same.
        await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
            return new ServerPing(server.Host, $"{hop}", ping.Response?.Status, ping.IsAlive ? null : Problem(ping), ping.Elapsed);
        }));
    }

    private string Problem(SipPing ping) => ping.Failure?.Origin == SipFailureOrigin.Transport && _port.ProblemAt(ping.NextHop) is { } problem
        ? $"{ping.NextHop}: {problem.Sentence} {problem.Next}"
        : $"{ping.NextHop} does not answer SIP: check the trunk's address, port and transport, and the firewalls between.";

    private void OnIncoming(SipCallEvent.Incoming incoming, ChannelReader<SipCallEvent> events)
    {
        var fax = new IncomingFax(
            incoming.Request.RequestUri.User ?? "", incoming.Request.Headers.From?.Uri.User ?? "", incoming.Peer.EndPoint);
        switch (_calls.Count >= _options.MaxCalls ? new IncomingDecision.Reject(486) : _onIncoming(fax))
        {
            case IncomingDecision.Accept accept:
                accept.Started(Track((call, cancel) => ReceiveAsync(incoming, events, accept, call, cancel)));
                break;
            case IncomingDecision.Ring:
                Track((_, cancel) => new VoiceCall(_port, _options, _time, incoming, events).RingAsync(cancel));
                break;
            case IncomingDecision.Voice voice:
                Track((_, cancel) => new VoiceCall(_port, _options, _time, incoming, events).AnswerAsync(voice, cancel));
                break;
            case IncomingDecision.Reject reject:
                _port.Do(now => incoming.Call.Reject(reject.Status, now));
                break;
        }
    }

    private async Task<FaxOutcome> ReceiveAsync(
        SipCallEvent.Incoming incoming, ChannelReader<SipCallEvent> events, IncomingDecision.Accept accept, FaxCall call, CancellationToken cancel)
    {
        try
        {
            return await new InboundCall(_port, _options, _time, incoming, events, accept.Pages, call).RunAsync(cancel);
        }
        finally
        {
            (accept.Pages as IDisposable)?.Dispose();
        }
    }

    // Runs a call's script, for as long as a call may last, and keeps the call until it is over.
    private FaxCall Track(Func<FaxCall, CancellationToken, Task<FaxOutcome>> script)
    {
        var call = new FaxCall(_time, async (running, cancel) =>
        {
            using var limit = new CancellationTokenSource(_options.MaxCallDuration, _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
            return await script(running, either.Token);
        });
        _calls.TryAdd(call, 0);
        _ = call.Completion.ContinueWith(
            _ => _calls.TryRemove(call, out byte _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return call;
    }
}
