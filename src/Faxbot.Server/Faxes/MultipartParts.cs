using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace Faxbot.Server.Faxes;

/// <summary>
/// The parts of a multipart body (RFC 2046 5.1.1), read forward from the server's own buffers straight into the caller's: an octet is copied once. For one
/// caller at a time.
/// </summary>
internal sealed class MultipartParts
{
    private const int MostHeaders = 16;
    private const int HeaderOctets = 4 * 1024;
    private const int PassedOctets = 4 * 1024;
    private readonly PipeReader _body;
    private readonly byte[] _delimiter;
    // How much of a delimiter stands before the next header; null before the first.
    private int? _ahead;
    private bool _isOver;

    /// <param name="body">What is read; nobody else reads it meanwhile.</param>
    /// <param name="boundary">The boundary that the body's type names.</param>
    public MultipartParts(PipeReader body, string boundary) => (_body, _delimiter) = (body, Encoding.UTF8.GetBytes("\r\n--" + boundary));

    /// <summary>Goes to the next part, past what was not read of the last one.</summary>
    /// <returns>The lines of its header; null when there is no further part.</returns>
    /// <exception cref="InvalidDataException">It is no multipart body, ends too early, or the part has too long a header.</exception>
    public async ValueTask<IReadOnlyList<string>?> NextAsync(CancellationToken cancel)
    {
        if (_isOver) return null;
        _ahead ??= await StartAsync(cancel);
        if (_ahead == _delimiter.Length) await PassAsync(cancel);
        while (true)
        {
            var read = await _body.ReadAsync(cancel);
            if (TryReadHeader(read.Buffer, _ahead.Value, out var lines, out var length))
            {
                _body.AdvanceTo(read.Buffer.GetPosition(length));
                _ahead = _delimiter.Length;
                _isOver = lines is null;
                return lines;
            }

            GoOn(read);
        }
    }

    /// <summary>What comes next of the part; 0 at its end.</summary>
    /// <exception cref="InvalidDataException">The body ends too early.</exception>
    public async ValueTask<int> ReadAsync(Memory<byte> octets, CancellationToken cancel)
    {
        while (true)
        {
            var read = await _body.ReadAsync(cancel);
            var length = Take(read.Buffer, octets.Span, out var isEnd);
            if (length > 0 || isEnd)
            {
                _body.AdvanceTo(read.Buffer.GetPosition(length));
                return length;
            }

            GoOn(read);
        }
    }

    // The first delimiter needs no line before it; what else stands there is a part that nobody reads.
    private async ValueTask<int> StartAsync(CancellationToken cancel)
    {
        var withoutLine = _delimiter.AsMemory(2);
        while (true)
        {
            var read = await _body.ReadAsync(cancel);
            if (read.Buffer.Length >= withoutLine.Length)
            {
                var isThere = StartsWith(read.Buffer, withoutLine.Span);
                _body.AdvanceTo(read.Buffer.Start);
                return isThere ? withoutLine.Length : _delimiter.Length;
            }

            GoOn(read);
        }
    }

    private async ValueTask PassAsync(CancellationToken cancel)
    {
        var passed = ArrayPool<byte>.Shared.Rent(PassedOctets);
        try
        {
            while (await ReadAsync(passed, cancel) > 0)
            {
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(passed);
        }
    }

    private void GoOn(ReadResult read)
    {
        _body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        if (read.IsCompleted) throw new InvalidDataException("The body ends before its last delimiter.");
    }

    private int Take(in ReadOnlySequence<byte> buffer, Span<byte> octets, out bool isEnd)
    {
        octets = octets[..(int)long.Min(buffer.Length, octets.Length)];
        buffer.Slice(0, octets.Length).CopyTo(octets);
        var at = octets.IndexOf(_delimiter);
        isEnd = at == 0;
        if (at >= 0) return at;
        // One may begin at the end of the octets, and go on behind them or in what is yet to come.
        for (at = int.Max(0, octets.Length - _delimiter.Length + 1); at < octets.Length; at++)
        {
            if (!_delimiter.AsSpan().StartsWith(octets[at..])) continue;
            var isWhole = buffer.Length - at >= _delimiter.Length;
            if (isWhole && !StartsWith(buffer.Slice(at), _delimiter)) continue;
            isEnd = at == 0 && isWhole;
            return at;
        }

        return octets.Length;
    }

    // From the delimiter to the empty line; no lines where it is the last delimiter.
    private static bool TryReadHeader(in ReadOnlySequence<byte> buffer, int ahead, out IReadOnlyList<string>? lines, out long length)
    {
        (lines, length) = (null, buffer.Length);
        if (buffer.Length < ahead) return false;
        var rest = buffer.Slice(ahead);
        Span<byte> octets = stackalloc byte[HeaderOctets];
        octets = octets[..(int)long.Min(rest.Length, octets.Length)];
        rest.Slice(0, octets.Length).CopyTo(octets);
        if (octets.StartsWith("--"u8)) return true;
        // RFC 2046 5.1.1: blanks may stand between delimiter and line end.
        var line = octets.TrimStart(" \t"u8);
        if (line.Length >= 2 && !line.StartsWith("\r\n"u8)) throw new InvalidDataException("A delimiter is followed by neither a line end nor two dashes.");
        var end = line.IndexOf("\r\n\r\n"u8);
        if (end < 0) return octets.Length < HeaderOctets ? false : throw new InvalidDataException($"A part has a header of more than {HeaderOctets} octets.");
        lines = Encoding.UTF8.GetString(line[..end]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        if (lines.Count > MostHeaders) throw new InvalidDataException($"A part has more than {MostHeaders} headers.");
        length = ahead + octets.Length - line.Length + end + 4;
        return true;
    }

    private static bool StartsWith(in ReadOnlySequence<byte> octets, ReadOnlySpan<byte> start)
    {
        var reader = new SequenceReader<byte>(octets);
        return reader.IsNext(start);
    }
}
