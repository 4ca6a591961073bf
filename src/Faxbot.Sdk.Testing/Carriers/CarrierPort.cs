using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Threading.Channels;
using Faxbot.Sip.Calls;
using Faxbot.Sip.InstantMessages;
using Faxbot.Sip.Messages;

namespace Faxbot.Sdk.Testing.Carriers;

/// <summary>The carrier's SIP socket: a <see cref="SipUserAgent"/> for calls, and a registrar beside it. All of it is driven under one lock.</summary>
internal sealed class CarrierPort : IAsyncDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly SipUserAgent _agent;
    private readonly TimeProvider _time;
    private readonly Func<SipRequest, SipResponse> _registrar;
    private readonly Action<SipCallEvent.Incoming, ChannelReader<SipCallEvent>> _onIncoming;
    private readonly Action<IncomingMessage> _onMessage;
    private readonly Dictionary<SipCall, Channel<SipCallEvent>> _calls = [];
    private readonly Dictionary<InstantMessage, TaskCompletionSource<InstantMessageResult>> _messages = new(ReferenceEqualityComparer.Instance);
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly long _origin;
    private readonly ITimer _timer;
    private readonly Task _receiving;

    public CarrierPort(TimeProvider time, Func<SipRequest, SipResponse> registrar, Action<SipCallEvent.Incoming, ChannelReader<SipCallEvent>> onIncoming, Action<IncomingMessage> onMessage)
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        LocalEndPoint = (IPEndPoint)_socket.LocalEndPoint!;
        _agent = new SipUserAgent(new SipUserAgentOptions { LocalEndPoint = LocalEndPoint, Entropy = RandomNumberGenerator.Fill, Product = "Carrier", TakesMessages = true });
        (_time, _registrar, _onIncoming, _onMessage, _origin) = (time, registrar, onIncoming, onMessage, time.GetTimestamp());
        _timer = time.CreateTimer(_ => Do(_agent.HandleTimeout), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _receiving = ReceiveAsync();
    }

    public IPEndPoint LocalEndPoint { get; }

    private TimeSpan Now => _time.GetElapsedTime(_origin);

    /// <summary>Does something with a call, such as answering it.</summary>
    public void Do(Action<TimeSpan> command)
    {
        lock (_gate)
        {
            if (_stop.IsCancellationRequested) return;
            command(Now);
            Drain();
        }
    }

    /// <summary>Sends a message and waits for what becomes of it.</summary>
    public Task<InstantMessageResult> SendAsync(InstantMessage message)
    {
        var done = new TaskCompletionSource<InstantMessageResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _messages.Add(message, done);
            _agent.SendMessage(message, Now);
            Drain();
        }

        return done.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _receiving;
        await _timer.DisposeAsync();
        _socket.Dispose();
        foreach (var call in _calls.Values) call.Writer.TryComplete();
        _stop.Dispose();
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[ushort.MaxValue];
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var received = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0), _stop.Token);
                Handle(buffer.AsSpan(0, received.ReceivedBytes), (IPEndPoint)received.RemoteEndPoint);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (SocketException unreachable) when (unreachable.SocketErrorCode is SocketError.ConnectionRefused or SocketError.ConnectionReset)
            {
                // The caller has gone: its test is over.
                continue;
            }
        }
    }

    private void Handle(ReadOnlySpan<byte> datagram, IPEndPoint remote)
    {
        if (SipMessage.TryParse(datagram, SipLimits.Default, out var message) == SipParseError.None && message is SipRequest request && request.Method == SipMethod.Register)
        {
            _socket.SendTo(_registrar(request).ToArray(), remote);
            return;
        }

        lock (_gate)
        {
            _agent.HandleMessage(datagram, remote, LocalEndPoint, Now);
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
                    _socket.SendTo(send.Bytes.Span, send.Remote.EndPoint);
                    break;
                case SipOutput.MessageReceived { Message: var message }:
                    _onMessage(message);
                    break;
                case SipOutput.MessageDone { Message: var message, Result: var result } when _messages.Remove(message, out var sent):
                    sent.SetResult(result);
                    break;
                case SipOutput.Report { Event: SipCallEvent.Incoming incoming }:
                    _calls[incoming.Call] = Channel.CreateUnbounded<SipCallEvent>();
                    _onIncoming(incoming, _calls[incoming.Call].Reader);
                    break;
                case SipOutput.Report { Event: var happened } when _calls.TryGetValue(happened.Call, out var channel):
                    channel.Writer.TryWrite(happened);
                    if (happened.IsLast) channel.Writer.TryComplete();
                    break;
            }
        }

        if (_agent.Deadline is not { } deadline) return;
        var wait = deadline - Now;
        _timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
