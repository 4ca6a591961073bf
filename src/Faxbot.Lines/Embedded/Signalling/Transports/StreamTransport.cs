using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Faxbot.Sip.Messages;
using Faxbot.Sip.Transports;

namespace Faxbot.Lines.Embedded.Signalling.Transports;

/// <summary>
/// SIP over TCP and TLS (RFC 3261 18): one connection for each hop, opened when first needed or by the peer, and used for as long as it lasts.
/// A response goes back over the connection that its request came on. Thread-safe.
/// </summary>
internal sealed class StreamTransport(StreamOptions options, TlsIdentity identity, TimeProvider time, ITransportUser user, DatagramTap? tap) : IAsyncDisposable
{
    private static readonly TimeSpan AcceptPause = TimeSpan.FromMilliseconds(50);
    private readonly ConnectionTable _table = new(options.MaxConnections, options.MaxPerAddress);
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abort = new(Timeout.InfiniteTimeSpan, time);
    private readonly TaskSet _running = new();
    private readonly List<Socket> _listeners = [];

    /// <summary>Connections that are open or being opened.</summary>
    public int ConnectionCount => _table.Snapshot().Count;

    /// <summary>Takes connections from <paramref name="listener"/>, which is closed with the transport.</summary>
    public void Listen(Socket listener, SipTransport transport)
    {
        _listeners.Add(listener);
        _running.Add(AcceptAsync(listener, transport));
    }

    /// <summary>Sends over the hop's connection, which is opened when there is none; the problem when that is known at once, else null.</summary>
    public TransportProblem? Send(ReadOnlyMemory<byte> message, SipHop hop)
    {
        if (_stop.IsCancellationRequested) return TransportProblem.Closed;
        if (!_table.TryFind(hop, out var connection))
        {
            // The peer of a response is behind the connection that its request came on, and at no other place that we know of.
            if (message.Span.StartsWith("SIP/2.0 "u8)) return TransportProblem.Closed;
            connection = Create(hop, isInbound: false);
            if (!_table.TryAdd(connection)) return TransportProblem.Full;
            _running.Add(RunAsync(connection, OpenAsync));
        }

        return connection.TrySend(message) ? null : TransportProblem.Stuck;
    }

    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested) return;
        await _stop.CancelAsync();
        _listeners.ForEach(listener => listener.Dispose());
        // What is queued, such as the answer to a BYE, still goes out.
        foreach (var connection in _table.Snapshot()) connection.Finish();
        _abort.CancelAfter(options.FlushTimeout);
        await _running.WhenAllAsync();
        _abort.Dispose();
        _stop.Dispose();
    }

    private StreamConnection Create(SipHop hop, bool isInbound) => new(hop, isInbound, options, time, user)
    {
        OnMessage = isInbound ? LearnAlias : null,
        OnSending = tap is null ? null : (to, message) => tap(to.LocalEndPoint!, to.Hop.EndPoint, message),
    };

    private async Task AcceptAsync(Socket listener, SipTransport transport)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var socket = await listener.AcceptAsync(_stop.Token);
                socket.NoDelay = true;
                var connection = Create(new SipHop((IPEndPoint)socket.RemoteEndPoint!, transport), isInbound: true);
                connection.LocalEndPoint = (IPEndPoint)socket.LocalEndPoint!;
                if (_table.TryAdd(connection)) _running.Add(RunAsync(connection, (_, cancel) => WelcomeAsync(socket, transport, cancel)));
                else socket.Dispose();
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (SocketException gone) when (gone.SocketErrorCode is not SocketError.OperationAborted)
            {
                // The peer was gone before it was taken, or this process has no handle left; that does not change at once.
                await Task.Delay(AcceptPause, time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task RunAsync(StreamConnection connection, Func<StreamConnection, CancellationToken, Task<Stream>> open)
    {
        var problem = await ConverseAsync(connection, open);
        _table.Remove(connection);
        if (!_stop.IsCancellationRequested) user.HandleTransportError(connection.Hop, problem);
    }

    private async Task<TransportProblem> ConverseAsync(StreamConnection connection, Func<StreamConnection, CancellationToken, Task<Stream>> open)
    {
        // The caller holds its lock.
        await Task.Yield();
        using var patience = new CancellationTokenSource(options.OpenTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, _abort.Token);
        try
        {
            await using var stream = await open(connection, either.Token);
            return await connection.RunAsync(stream, _abort.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            return TransportProblem.Silent(options.OpenTimeout);
        }
        catch (SocketException refused)
        {
            return TransportProblem.Refused(refused.Message);
        }
        catch (AuthenticationException distrusted)
        {
            return TransportProblem.NoTls(distrusted.Message.TrimEnd('.'));
        }
        catch (IOException broken)
        {
            return TransportProblem.NoTls(broken.Message.Trim().TrimEnd('.'));
        }
    }

    private async Task<Stream> OpenAsync(StreamConnection connection, CancellationToken cancel)
    {
        var hop = connection.Hop;
        var socket = new Socket(hop.EndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(hop.EndPoint, cancel);
            connection.LocalEndPoint = (IPEndPoint)socket.LocalEndPoint!;
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        var plain = new NetworkStream(socket, ownsSocket: true);
        return hop.Transport == SipTransport.Tls ? await SecureAsync(plain, hop, cancel) : plain;
    }

    private async Task<Stream> SecureAsync(Stream plain, SipHop hop, CancellationToken cancel)
    {
        var secure = new SslStream(plain);
        string? objection = null;
        try
        {
            await secure.AuthenticateAsClientAsync(identity.Towards(hop, said => objection = said), cancel);
            return secure;
        }
        catch (AuthenticationException) when (objection is not null)
        {
            await secure.DisposeAsync();
            throw new AuthenticationException(objection);
        }
        catch
        {
            await secure.DisposeAsync();
            throw;
        }
    }

    private async Task<Stream> WelcomeAsync(Socket socket, SipTransport transport, CancellationToken cancel)
    {
        var plain = new NetworkStream(socket, ownsSocket: true);
        if (transport != SipTransport.Tls) return plain;
        var secure = new SslStream(plain);
        try
        {
            await secure.AuthenticateAsServerAsync(identity.AsServer!, cancel);
            return secure;
        }
        catch
        {
            await secure.DisposeAsync();
            throw;
        }
    }

    // RFC 5923 5: the peer wants requests to its listening port over this connection. It is believed for its own address alone.
    private void LearnAlias(StreamConnection connection, ReadOnlySpan<byte> message)
    {
        if (message.IndexOf(";alias"u8) < 0 || SipMessage.TryParse(message, options.Limits, out var parsed) != SipParseError.None || parsed is not SipRequest { TopVia: var via }) return;
        if (via.Parameters.Contains("alias") && IPAddress.TryParse(via.Host, out var named) && named.Equals(connection.Hop.EndPoint.Address))
            _table.TryAlias(connection, via.EffectivePort);
    }
}
