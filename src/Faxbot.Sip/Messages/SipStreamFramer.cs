namespace Faxbot.Sip.Messages;

/// <summary>What <see cref="SipStreamFramer.TryRead"/> found.</summary>
public enum SipFrameStatus
{
    /// <summary>A whole message was cut out.</summary>
    Message,
    /// <summary>The stream ends within a message, or between two: append more.</summary>
    NeedMoreData,
    /// <summary>
    /// One line end between messages. Two in a row from a peer that opened the connection are its ping: answer with one CRLF. One from a
    /// peer that
    /// we pinged is the answer (RFC 5626 4.4.1).
    /// </summary>
    KeepAlive,
    /// <summary>No boundary can be found any more; the connection must be closed. <see cref="SipStreamFramer.Error"/> says why.</summary>
    Broken,
}

/// <summary>Finds where messages begin and end in the octets of a TCP or TLS connection (RFC 3261 18.3, 20.14). Not thread-safe.</summary>
public sealed class SipStreamFramer(SipLimits limits)
{
    private byte[] _buffer = new byte[2048];
    private int _start;
    private int _end;

    // How far behind _start the end of the headers was already looked for: each octet is searched once, however small the pieces.
    private int _searched;
    private int _frameLength;

    /// <summary>Why the stream is <see cref="SipFrameStatus.Broken"/>.</summary>
    public SipParseError Error { get; private set; }

    /// <summary>Adds octets from the connection; the span may be reused after the call.</summary>
    public void Append(ReadOnlySpan<byte> data)
    {
        if (Error != SipParseError.None)
        {
            return;
        }

        if (_buffer.Length - _end < data.Length)
        {
            Grow(data.Length);
        }

        data.CopyTo(_buffer.AsSpan(_end));
        _end += data.Length;
    }

    /// <summary>Cuts off the next message or keep-alive. Call until it says <see cref="SipFrameStatus.NeedMoreData"/>.</summary>
    /// <param name="frame">The message's octets, for <see cref="SipMessage.TryParse"/>; valid until the next call on this object.</param>
    public SipFrameStatus TryRead(out ReadOnlySpan<byte> frame)
    {
        frame = default;
        if (Error != SipParseError.None)
        {
            return SipFrameStatus.Broken;
        }

        var pending = _buffer.AsSpan(_start, _end - _start);
        if (_frameLength == 0)
        {
            if (pending.IsEmpty)
            {
                return SipFrameStatus.NeedMoreData;
            }

            if (pending[0] == '\n' || pending.StartsWith("\r\n"u8))
            {
                Consume(pending[0] == '\n' ? 1 : 2);
                return SipFrameStatus.KeepAlive;
            }

            if (pending is [(byte)'\r'])
            {
                return SipFrameStatus.NeedMoreData;
            }

            var status = FindLength(pending);
            if (status != SipFrameStatus.Message)
            {
                return status;
            }
        }

        if (pending.Length < _frameLength)
        {
            return SipFrameStatus.NeedMoreData;
        }

        frame = pending[.._frameLength];
        Consume(_frameLength);
        return SipFrameStatus.Message;
    }

    private SipFrameStatus FindLength(ReadOnlySpan<byte> pending)
    {
        var headerLength = FindHeaderEnd(pending);
        if (headerLength < 0)
        {
            return pending.Length > limits.MaxMessageLength ? Break(SipParseError.MessageTooLarge) : SipFrameStatus.NeedMoreData;
        }

        var error = SipContentLength.TryFind(pending[..headerLength], out var bodyLength);
        if (error != SipParseError.None)
        {
            return Break(error);
        }

        if (bodyLength > limits.MaxMessageLength - headerLength)
        {
            return Break(SipParseError.MessageTooLarge);
        }

        _frameLength = headerLength + bodyLength;
        return SipFrameStatus.Message;
    }

    private int FindHeaderEnd(ReadOnlySpan<byte> pending)
    {
        while (pending[_searched..].IndexOf((byte)'\n') is var step and >= 0)
        {
            var next = _searched + step + 1;
            var rest = pending[next..];
            if (rest.StartsWith("\r\n"u8) || rest.StartsWith("\n"u8))
            {
                return next + (rest[0] == '\n' ? 1 : 2);
            }

            if (rest.IsEmpty || (rest.Length == 1 && rest[0] == '\r'))
            {
                _searched = next - 1;
                return -1;
            }

            _searched = next;
        }

        _searched = pending.Length;
        return -1;
    }

    private SipFrameStatus Break(SipParseError error)
    {
        Error = error;
        _buffer = [];
        _start = _end = 0;
        return SipFrameStatus.Broken;
    }

    private void Consume(int count)
    {
        _start += count;
        if (_start == _end)
        {
            _start = _end = 0;
        }

        _searched = 0;
        _frameLength = 0;
    }

    private void Grow(int needed)
    {
        var length = _end - _start;
        var target = length + needed > _buffer.Length ? new byte[Math.Max(_buffer.Length * 2, length + needed)] : _buffer;
        _buffer.AsSpan(_start, length).CopyTo(target);
        _buffer = target;
        _start = 0;
        _end = length;
    }
}
