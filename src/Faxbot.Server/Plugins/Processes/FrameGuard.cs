using System.Globalization;
using System.Text;

namespace Faxbot.Server.Plugins.Processes;

/// <summary>
/// Watches the octets of framed messages go by: header fields of the Language Server Protocol's framing, an empty line, and as many octets as
/// Content-Length says. What breaks that, or the limits, is found before anything is kept of it. Not thread-safe, but for <see cref="Expect"/>.
/// </summary>
/// <param name="largest">Octets of the largest message.</param>
/// <param name="messagesPerSecond">How many may come beside those that are expected; a burst may be ten times as many.</param>
/// <param name="time">The clock for that.</param>
internal sealed class FrameGuard(int largest, int messagesPerSecond, TimeProvider time)
{
    private const int LongestHeader = 512;
    private const string LengthField = "content-length:";

    private readonly Allowance _allowance = new(messagesPerSecond, time);
    private readonly StringBuilder _header = new();
    private long _bodyLeft;
    private int _expected;

    /// <summary>One more message may come: the answer to what is about to be asked.</summary>
    public void Expect() => Interlocked.Increment(ref _expected);

    /// <summary>Looks at the next octets.</summary>
    /// <returns>What is wrong with them, as the end of a sentence about the plugin; null when all is well. After that it is not to be asked again.</returns>
    public string? Look(ReadOnlySpan<byte> octets)
    {
        while (octets.Length > 0)
        {
            if (_bodyLeft > 0)
            {
                var body = (int)Math.Min(_bodyLeft, octets.Length);
                _bodyLeft -= body;
                octets = octets[body..];
                continue;
            }

            if (Header(octets[0]) is { } wrong) return wrong;
            octets = octets[1..];
        }

        return null;
    }

    private string? Header(byte octet)
    {
        if (octet is not ((byte)'\r' or (byte)'\n') and (< 0x20 or > 0x7E)) return "wrote something to its standard output that is no message";
        _header.Append((char)octet);
        if (_header.Length > LongestHeader) return "wrote something to its standard output that is no message";
        return octet == '\n' ? LineEnds() : null;
    }

    private string? LineEnds()
    {
        var header = _header.ToString();
        if (!header.EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            var line = header.TrimEnd('\r', '\n').Split("\r\n")[^1];
            return header.EndsWith("\r\n", StringComparison.Ordinal) && line.Contains(':', StringComparison.Ordinal) ? null : "wrote something to its standard output that is no message";
        }

        _header.Clear();
        if (Length(header) is not { } length) return "sent a message without a length";
        if (length > largest) return string.Create(CultureInfo.InvariantCulture, $"sent a message of {length} octets, of {largest} allowed");
        _bodyLeft = length;
        return TakeExpected() || _allowance.Take() ? null : "sent more messages than it may";
    }

    private bool TakeExpected()
    {
        if (Interlocked.Decrement(ref _expected) >= 0) return true;
        Interlocked.Increment(ref _expected);
        return false;
    }

    private static long? Length(string header)
    {
        var field = header.Split("\r\n").FirstOrDefault(line => line.StartsWith(LengthField, StringComparison.OrdinalIgnoreCase));
        return field is not null && long.TryParse(field[LengthField.Length..].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : null;
    }
}
