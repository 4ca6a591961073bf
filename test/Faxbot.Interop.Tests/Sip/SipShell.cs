using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Threading.Channels;
using Faxbot.Sip.Calls;
using Faxbot.Sip.Messages;

namespace Faxbot.Interop.Tests.Sip;

/// <summary>A user agent on a real UDP socket at 127.0.0.1, with a script that reacts to events and a way to lose datagrams.</summary>
internal sealed class SipShell : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly Lock _gate = new();
    private readonly SipUserAgent _agent;
    private readonly long _origin = TimeProvider.System.GetTimestamp();
    private readonly Channel<SipCallEvent> _events = Channel.CreateUnbounded<SipCallEvent>();
    private readonly Channel<SipPing> _pings = Channel.CreateUnbounded<SipPing>();
    private readonly CancellationTokenSource _stop = new();
    private readonly ITimer _timer;
    private readonly Task _pump;

    public SipShell()
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        EndPoint = (IPEndPoint)_socket.LocalEndPoint!;
        _agent = new SipUserAgent(new SipUserAgentOptions { LocalEndPoint = EndPoint, Entropy = RandomNumberGenerator.Fill });
        _timer = TimeProvider.System.CreateTimer(_ => Drive(_agent.HandleTimeout), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _pump = PumpAsync();
    }

    public IPEndPoint EndPoint { get; }

    /// <summary>Reacts to an event, under the lock that guards the agent.</summary>
    public Action<SipCallEvent, TimeSpan> Script { get; init; } = (_, _) => { };

    /// <summary>Decides whether a message of either direction is lost.</summary>
    public Func<SipMessage, bool> IsLost { get; init; } = _ => false;

    public InviteRequest InviteTo(IPEndPoint peer) => new()
    {
        RequestUri = SipUri.Parse($"sip:5550199@{peer}"),
        From = new SipNameAddr(SipUri.Parse($"sip:5550100@{EndPoint}")) { DisplayName = "Faxbot" },
        NextHop = peer,
        Body = Descriptions.Audio(EndPoint),
    };

    public SipCall Call(InviteRequest invite)
    {
        SipCall? call = null;
        Drive(now => call = _agent.Invite(invite, now));
        return call!;
    }

    public void Ping(IPEndPoint peer) =>
        Drive(now => _agent.Ping(SipUri.Parse($"sip:{peer}"), new SipNameAddr(SipUri.Parse($"sip:{EndPoint}")), peer, now));

    public void Do(Func<TimeSpan, bool> command) => Drive(now => Assert.True(command(now)));

    /// <summary>The next event, which must be of that type.</summary>
    public async Task<T> NextAsync<T>()
        where T : SipCallEvent => Assert.IsType<T>(await _events.Reader.ReadAsync().AsTask().WaitAsync(Limit));

    public async Task<SipPing> NextPingAsync() => await _pings.Reader.ReadAsync().AsTask().WaitAsync(Limit);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _pump;
        await _timer.DisposeAsync();
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task PumpAsync()
    {
        var buffer = new byte[ushort.MaxValue];
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), _stop.Token);
                var bytes = buffer.AsMemory(0, received.ReceivedBytes);
                if (!Loses(bytes.Span))
                {
                    Drive(now => _agent.HandleMessage(bytes.Span, (IPEndPoint)received.RemoteEndPoint, EndPoint, now));
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The test is over.
        }
    }

    private void Drive(Action<TimeSpan> act)
    {
        lock (_gate)
        {
            var now = TimeProvider.System.GetElapsedTime(_origin);
            act(now);
            while (_agent.TryTakeOutput(out var output))
            {
                Perform(output, now);
            }

            var wait = _agent.Deadline - TimeProvider.System.GetElapsedTime(_origin);
            _timer.Change(wait is not { } due ? Timeout.InfiniteTimeSpan : due > TimeSpan.Zero ? due : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    private void Perform(SipOutput output, TimeSpan now)
    {
        switch (output)
        {
            case SipOutput.Send send when !Loses(send.Bytes.Span):
                _socket.SendTo(send.Bytes.Span, send.Remote.EndPoint);
                break;
            case SipOutput.Report report:
                Script(report.Event, now);
                _events.Writer.TryWrite(report.Event);
                break;
            case SipOutput.PingDone done:
                _pings.Writer.TryWrite(done.Ping);
                break;
        }
    }

    private bool Loses(ReadOnlySpan<byte> bytes) =>
        SipMessage.TryParse(bytes, SipLimits.Default, out var message) == SipParseError.None && IsLost(message!);
}
