using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Faxbot.Sip.Auth;
using Faxbot.Sip.Messages;

namespace Faxbot.Testing.Peers;

/// <summary>
/// A SIP registrar on loopback (RFC 3261 10.3, digest MD5) whose accounts have all the same password. It answers OPTIONS too, unless it is told to be
/// silent. Thread-safe.
/// </summary>
public sealed class LoopbackRegistrar : IAsyncDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 1 << 22 };
    private readonly DigestVerifier _verifier = new("registrar", RandomNumberGenerator.GetBytes(32), TimeSpan.FromMinutes(5));
    private readonly ConcurrentDictionary<string, SipNameAddr> _bindings = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;
    private int _registers;
    private int _refused;

    /// <summary>Begins to listen.</summary>
    public LoopbackRegistrar(string password)
    {
        Password = password;
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        EndPoint = (IPEndPoint)_socket.LocalEndPoint!;
        _serving = ServeAsync();
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>The password of every account; whoever is registered and has another one is refused at the next refresh.</summary>
    public string Password { get; set; }

    /// <summary>How long a binding is kept at most.</summary>
    public TimeSpan LongestExpiry { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Whether it takes whatever comes and says nothing.</summary>
    public bool IsSilent { get; set; }

    /// <summary>What it claims to see as the address of whoever registers, as behind NAT; null tells the truth.</summary>
    public IPEndPoint? SeenAs { get; set; }

    /// <summary>The Service-Route of its answers (RFC 3608); null has none.</summary>
    public string? ServiceRoute { get; set; }

    /// <summary>The INVITEs that came; it takes no calls.</summary>
    public ConcurrentQueue<SipRequest> Invites { get; } = new();

    /// <summary>The contacts by user.</summary>
    public IReadOnlyDictionary<string, SipNameAddr> Bindings => _bindings;

    /// <summary>Requests to register or to refresh that were granted.</summary>
    public int Registers => Volatile.Read(ref _registers);

    /// <summary>Requests with a wrong password.</summary>
    public int Refused => Volatile.Read(ref _refused);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        var buffer = new byte[ushort.MaxValue];
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var received = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0), _stop.Token);
                var remote = (IPEndPoint)received.RemoteEndPoint;
                if (IsSilent || SipMessage.TryParse(buffer.AsSpan(0, received.ReceivedBytes), SipLimits.Default, out var message) != SipParseError.None) continue;
                if (message is not SipRequest request || Answer(request) is not { } answer) continue;
                // RFC 3581 4: the sender learns its address.
                var seen = SeenAs ?? remote;
                answer.TopVia = answer.TopVia with { Received = seen.Address.ToString(), RPort = seen.Port };
                await _socket.SendToAsync(answer.ToArray(), SocketFlags.None, remote, _stop.Token);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (SocketException gone) when (gone.SocketErrorCode is SocketError.ConnectionRefused or SocketError.ConnectionReset)
            {
                // ICMP for an answer to one that has closed.
                continue;
            }
        }
    }

    private SipResponse? Answer(SipRequest request)
    {
        if (request.Method == SipMethod.Invite) Invites.Enqueue(request);
        return Respond(request);
    }

    private SipResponse? Respond(SipRequest request) => request.Method switch
    {
        _ when request.Method == SipMethod.Ack => null,
        _ when request.Method == SipMethod.Options => request.CreateResponse(200, null, "r"),
        _ when request.Method == SipMethod.Register => Register(request),
        _ => request.CreateResponse(405, null, "r"),
    };

    private SipResponse Register(SipRequest request)
    {
        var given = request.Headers.Authorization is [var first, ..] ? first : null;
        var verdict = given is null ? DigestVerdict.StaleNonce : _verifier.Check(given, Password, request.Method, request.Body.Span, TimeProvider.System.GetUtcNow());
        if (verdict == DigestVerdict.WrongPassword)
        {
            Interlocked.Increment(ref _refused);
            return request.CreateResponse(403, "Wrong password", "r");
        }

        if (verdict != DigestVerdict.Accepted)
        {
            var challenge = request.CreateResponse(401, null, "r");
            challenge.Headers.Add(SipHeaderNames.WwwAuthenticate, _verifier.CreateChallenge(TimeProvider.System.GetUtcNow(), stale: given is not null).ToString());
            return challenge;
        }

        return Bind(request);
    }

    private SipResponse Bind(SipRequest request)
    {
        var (user, contact) = (request.To.Uri.User ?? "", request.Headers.Contact!);
        var asked = contact.Expires ?? request.Headers.Expires ?? LongestExpiry;
        var granted = asked < LongestExpiry ? asked : LongestExpiry;
        var answer = request.CreateResponse(200, null, "r");
        if (granted == TimeSpan.Zero)
        {
            if (_bindings.TryGetValue(user, out var bound) && bound.Uri.IsEquivalentTo(contact.Uri)) _bindings.TryRemove(user, out _);
            return answer;
        }

        _bindings[user] = contact;
        Interlocked.Increment(ref _registers);
        answer.Headers.Contacts = [contact with { Expires = granted }];
        if (ServiceRoute is { } route) answer.Headers.Add(SipHeaderNames.ServiceRoute, route);
        return answer;
    }
}
