using System.Net;
using System.Threading.Channels;
using Faxbot.Sip.Messages;
using Faxbot.Sip.Transports;

namespace Faxbot.Lines.Embedded.Signalling.Transports;

/// <summary>
/// One TCP or TLS connection: cuts what comes into messages, and sends what is queued, each on its own, so that a peer that does not
/// read holds nobody up but itself.
/// </summary>
internal sealed class StreamConnection(SipHop hop, bool isInbound, StreamOptions options, TimeProvider time, ITransportUser user)
{
    private static readonly byte[] Pong = "\r\n"u8.ToArray();

    private readonly Channel<ReadOnlyMemory<byte>> _queue = Channel.CreateBounded<ReadOnlyMemory<byte>>(
        new BoundedChannelOptions(options.MaxQueued) { SingleReader = true });

    private bool _halfPing;

    /// <summary>Where it leads.</summary>
    public SipHop Hop => hop;

    /// <summary>Whether the peer opened it.</summary>
    public bool IsInbound => isInbound;

    /// <summary>Our end of it, once it is open.</summary>
    public IPEndPoint? LocalEndPoint { get; set; }

    /// <summary>Shown each message that came in before the user gets it.</summary>
    public Action<StreamConnection, ReadOnlySpan<byte>>? OnMessage { get; init; }

    /// <summary>Shown each message before it is sent.</summary>
    public Action<StreamConnection, ReadOnlySpan<byte>>? OnSending { get; init; }

    /// <summary>Queues a message; false when too many wait.</summary>
    public bool TrySend(ReadOnlyMemory<byte> message) => _queue.Writer.TryWrite(message);

    /// <summary>Closes it once all that is queued has been sent.</summary>
    public void Finish() => _queue.Writer.TryComplete();

    /// <summary>Runs over <paramref name="stream"/> until it ends; why it did.</summary>
    public async Task<TransportProblem> RunAsync(Stream stream, CancellationToken cancel)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var reading = ReadAsync(stream, ended.Token);
        var writing = WriteAsync(stream, ended.Token);
        var first = await Task.WhenAny(reading, writing);
        await ended.CancelAsync();
        await Task.WhenAll(reading, writing);
        return await first;
    }

    private async Task<TransportProblem> ReadAsync(Stream stream, CancellationToken cancel)
    {
        var framer = new SipStreamFramer(options.Limits);
        var buffer = new byte[4096];
        // A peer that came to us must say soon what it came for.
        using var patience = new CancellationTokenSource(isInbound ? options.OpenTimeout : options.IdleTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancel);
        var spoke = !isInbound;
        try
        {
            while (true)
            {
                var read = await stream.ReadAsync(buffer, either.Token);
                if (read == 0) return TransportProblem.Closed;
                framer.Append(buffer.AsSpan(0, read));
                if (!TakeAll(framer, ref spoke)) return TransportProblem.NotSip;
                if (spoke) patience.CancelAfter(options.IdleTimeout);
            }
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            return TransportProblem.Idle;
        }
        catch (IOException broken)
        {
            return TransportProblem.Refused(broken.Message.TrimEnd('.'));
        }
    }

    // False when the stream has lost its bounds.
    private bool TakeAll(SipStreamFramer framer, ref bool spoke)
    {
        while (true)
        {
            switch (framer.TryRead(out var message))
            {
                case SipFrameStatus.Message:
                    spoke = true;
                    _halfPing = false;
                    OnMessage?.Invoke(this, message);
                    user.HandleMessage(message, hop);
                    break;
                case SipFrameStatus.KeepAlive:
                    TakeLineEnd();
                    break;
                case SipFrameStatus.NeedMoreData:
                    return true;
                default:
                    return false;
            }
        }
    }

    // RFC 5626 3.5.1: who opened the connection pings with two line ends, and the answer is one.
    private void TakeLineEnd()
    {
        if (!isInbound)
        {
            user.HandlePong(hop);
            return;
        }

        if (_halfPing) TrySend(Pong);
        _halfPing = !_halfPing;
    }

    private async Task<TransportProblem> WriteAsync(Stream stream, CancellationToken cancel)
    {
        try
        {
            await foreach (var message in _queue.Reader.ReadAllAsync(cancel))
            {
                // Before it goes, so that no answer to it is seen earlier.
                OnSending?.Invoke(this, message.Span);
                await stream.WriteAsync(message, cancel).AsTask().WaitAsync(options.WriteTimeout, time, cancel);
            }

            return TransportProblem.Closed;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return TransportProblem.Idle;
        }
        catch (TimeoutException)
        {
            return TransportProblem.Stuck;
        }
        catch (IOException broken)
        {
            return TransportProblem.Refused(broken.Message.TrimEnd('.'));
        }
    }
}
