namespace Faxbot.Sip.Messages;

/// <summary>
/// A cursor over the lines of a message. Lines end with CRLF; a lone LF is taken too, as some devices write. Each read succeeds or leaves
/// the cursor untouched.
/// </summary>
internal ref struct SipLineReader(ReadOnlySpan<byte> source)
{
    private ReadOnlySpan<byte> _rest = source;

    /// <summary>What was not read.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>Passes over line ends in front of a message (RFC 3261 7.5).</summary>
    public void SkipLineEnds() => _rest = _rest.TrimStart("\r\n"u8);

    /// <summary>One line without its end.</summary>
    public bool TryReadLine(out ReadOnlySpan<byte> line)
    {
        var end = _rest.IndexOf((byte)'\n');
        line = end < 0 ? default : WithoutCr(_rest[..end]);
        if (end < 0)
        {
            return false;
        }

        _rest = _rest[(end + 1)..];
        return true;
    }

    /// <summary>A line with the folded lines that follow it (RFC 3261 7.3.1), line ends between them included.</summary>
    public bool TryReadFolded(out ReadOnlySpan<byte> line)
    {
        line = default;
        var at = 0;
        while (true)
        {
            var length = _rest[at..].IndexOf((byte)'\n');
            if (length < 0)
            {
                return false;
            }

            var empty = at == 0 && WithoutCr(_rest[..length]).IsEmpty;
            at += length + 1;
            if (empty || at >= _rest.Length || _rest[at] is not ((byte)' ' or (byte)'\t'))
            {
                line = WithoutCr(_rest[..(at - 1)]);
                _rest = _rest[at..];
                return true;
            }
        }
    }

    private static ReadOnlySpan<byte> WithoutCr(ReadOnlySpan<byte> line) => line is [.. var text, (byte)'\r'] ? text : line;
}
