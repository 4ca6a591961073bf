using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;

namespace Faxbot.Lines.Asterisk.Manager;

/// <summary>
/// One connection to a manager interface, from the banner until it breaks. Any number of actions may be under way at once; each is told apart by its
/// action id. Thread-safe but for <see cref="ReadAsync"/>, which one task runs.
/// </summary>
internal sealed class AmiConnection : IAsyncDisposable
{
    private readonly Stream _stream;
    private readonly AmiOptions _options;
    private readonly TimeProvider _time;
    private readonly ChannelWriter<AmiSignal> _signals;
    private readonly ConcurrentDictionary<string, AmiPending> _pending = new();
    private readonly SemaphoreSlim _writing = new(1);
    private readonly CancellationTokenSource _over = new();
    private long _lastId;
    private long _heard;

    public AmiConnection(Stream stream, AmiOptions options, TimeProvider time, ChannelWriter<AmiSignal> signals)
    {
        (_stream, _options, _time, _signals) = (stream, options, time, signals);
        _heard = time.GetTimestamp();
    }

    /// <summary>Sends an action and waits for its result. The connection is given up when none comes in time.</summary>
    public async Task<AmiResult> AskAsync(AmiAction action, AmiFollow follow, string? actionId = null)
    {
        var id = actionId ?? string.Create(CultureInfo.InvariantCulture, $"action-{Interlocked.Increment(ref _lastId)}");
        var pending = new AmiPending(follow);
        _pending[id] = pending;
        // In this order: a connection that ended meanwhile found it in the table, or is seen here.
        if (_over.IsCancellationRequested) return AmiResult.NotSent;
        try
        {
            if (!await WriteAsync(action.Write(id)).WaitAsync(_options.AnswerTimeout, _time)) return AmiResult.NotSent;
            return await pending.Result.WaitAsync(_options.AnswerTimeout, _time);
        }
        catch (TimeoutException)
        {
            Break();
            pending.Lose();
            return await pending.Result;
        }
        finally
        {
            _pending.TryRemove(id, out _);
        }
    }

    /// <summary>Reads until the connection ends, whoever ends it.</summary>
    public async Task ReadAsync(CancellationToken cancel)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, _over.Token);
        var reader = new AmiReader(_options.Limits);
        var buffer = new byte[8 * 1024];
        try
        {
            while (await _stream.ReadAsync(buffer, either.Token) is > 0 and var octets)
            {
                Interlocked.Exchange(ref _heard, _time.GetTimestamp());
                reader.Append(buffer.AsSpan(0, octets));
                AmiReadStatus status;
                while ((status = reader.TryRead(out var message)) == AmiReadStatus.Message)
                {
                    if (!Deliver(message!)) return;
                }

                if (status == AmiReadStatus.Broken) return;
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // A connection that breaks has ended: whoever waits is told so below.
        }
        finally
        {
            Break();
            foreach (var pending in _pending.Values) pending.Lose();
        }
    }

    /// <summary>Asks a silent server for a sign of life, until the connection is over.</summary>
    public async Task PingAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(_options.PingInterval, _time, _over.Token);
                if (_time.GetElapsedTime(Interlocked.Read(ref _heard)) >= _options.PingInterval) await AskAsync(new AmiAction("Ping"), AmiFollow.Nothing);
            }
        }
        catch (OperationCanceledException)
        {
            // It is over.
        }
    }

    /// <summary>Ends it.</summary>
    public void Break() => _over.Cancel();

    public async ValueTask DisposeAsync()
    {
        Break();
        await _stream.DisposeAsync();
    }

    // False when the connection is to be given up: nobody reads the events, and none may be lost in silence.
    private bool Deliver(AmiMessage message)
    {
        if (_pending.TryGetValue(message.ActionId, out var pending) && pending.Wants(message))
        {
            pending.Take(message);
            return true;
        }

        return message.IsResponse || _signals.TryWrite(new AmiSignal.Happened(message));
    }

    private async Task<bool> WriteAsync(byte[] octets)
    {
        try
        {
            await _writing.WaitAsync(_over.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }

        try
        {
            // Once its first octet may have left, an action counts as sent: the result says so, not this.
            await _stream.WriteAsync(octets, _over.Token);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or ObjectDisposedException)
        {
            Break();
        }
        finally
        {
            _writing.Release();
        }

        return true;
    }
}
