using System.Globalization;
using Faxbot.Sip.Messages;

namespace Faxbot.Sip.Sdp;

/// <summary>Octets to a description, line by line. The order of lines within a section does not matter to the reader.</summary>
internal static class SdpReader
{
    public static SdpParseError TryRead(ReadOnlySpan<byte> source, SdpLimits limits, out SdpDescription? description)
    {
        description = null;
        if (source.Length > limits.MaxLength)
        {
            return SdpParseError.TooLong;
        }

        var draft = new Draft(limits);
        while (TryCutLine(ref source, out var line))
        {
            if (line.IsEmpty)
            {
                continue;
            }

            var error = SplitLine(line, out var type, out var value);
            error = error == SdpParseError.None ? draft.Add(type, value) : error;
            if (error != SdpParseError.None)
            {
                return error;
            }
        }

        return draft.Complete(out description);
    }

    private static bool TryCutLine(ref ReadOnlySpan<byte> source, out ReadOnlySpan<byte> line)
    {
        line = default;
        if (source.IsEmpty)
        {
            return false;
        }

        var end = source.IndexOf((byte)'\n');
        line = end < 0 ? source : source[..end];
        source = end < 0 ? default : source[(end + 1)..];
        line = line.TrimEnd((byte)'\r');
        return true;
    }

    private static SdpParseError SplitLine(ReadOnlySpan<byte> line, out char type, out string value)
    {
        type = '\0';
        value = "";
        if (line.Length < 2 || line[1] != '=' || !char.IsAsciiLetter((char)line[0]) || line.ContainsAny((byte)'\r', (byte)0))
        {
            return SdpParseError.BadLine;
        }

        type = (char)line[0];
        value = SipMessageReader.Decode(line[2..]);
        return SdpParseError.None;
    }

    private static bool TryReadPorts(string text, out int port, out int count)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        count = 1;
        return int.TryParse(slash < 0 ? text : text[..slash], NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= 65_535
            && (slash < 0 || (int.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out count) && count > 0));
    }

    /// <summary>A description while it is read.</summary>
    private sealed class Draft(SdpLimits limits)
    {
        private readonly Section _session = new();
        private readonly List<(SdpMedia Line, Section Section)> _media = [];
        private SdpOrigin? _origin;
        private string? _name;
        private int _count;

        public SdpParseError Add(char type, string value)
        {
            if (++_count > limits.MaxLines)
            {
                return SdpParseError.TooManyLines;
            }

            var isSession = _media.Count == 0;
            switch (type)
            {
                case var _ when _count == 1:
                    return type == 'v' && value == "0" ? SdpParseError.None : SdpParseError.BadVersion;
                case 'm':
                    return AddMedia(value);
                case 'o' when isSession && _origin is null:
                    return SdpOrigin.TryRead(value, out _origin) ? SdpParseError.None : SdpParseError.BadOrigin;
                case 's' when isSession && _name is null:
                    _name = value;
                    return SdpParseError.None;
                default:
                    return (isSession ? _session : _media[^1].Section).Add(type, value, isSession);
            }
        }

        public SdpParseError Complete(out SdpDescription? description)
        {
            description = null;
            if (_origin is null)
            {
                return _count == 0 ? SdpParseError.BadVersion : SdpParseError.BadOrigin;
            }

            var complete = new SdpDescription(_origin, [.. _media.Select(part => part.Section.Complete(part.Line))])
            {
                SessionName = _name ?? "-",
                Connection = _session.Connection,
                Bandwidths = _session.Bandwidths,
                Attributes = _session.Attributes,
                OtherLines = _session.OtherLines,
            };
            description = _session.Times.Count == 0 ? complete : complete with { Times = _session.Times };
            return SdpParseError.None;
        }

        private SdpParseError AddMedia(string value)
        {
            if (_media.Count >= limits.MaxMedia)
            {
                return SdpParseError.TooManyMedia;
            }

            var fields = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length < 3 || !TryReadPorts(fields[1], out var port, out var count))
            {
                return SdpParseError.BadMedia;
            }

            _media.Add((new SdpMedia(fields[0], port, fields[2], fields[3..]) { PortCount = count }, new Section()));
            return SdpParseError.None;
        }
    }

    /// <summary>The lines of the session or of one media line while they are read.</summary>
    private sealed class Section
    {
        public SdpConnection? Connection { get; private set; }

        public List<string> Bandwidths { get; } = [];

        public List<SdpLine> Times { get; } = [];

        public List<SdpAttribute> Attributes { get; } = [];

        public List<SdpLine> OtherLines { get; } = [];

        public SdpMedia Complete(SdpMedia line) =>
            line with { Connection = Connection, Bandwidths = Bandwidths, Attributes = Attributes, OtherLines = OtherLines };

        public SdpParseError Add(char type, string value, bool isSession)
        {
            switch (type)
            {
                case 'a':
                    Attributes.Add(SdpAttribute.Read(value));
                    break;
                case 'b':
                    Bandwidths.Add(value);
                    break;
                case 'c' when Connection is null:
                    Connection = SdpConnection.TryRead(value, out var connection) ? connection : null;
                    return Connection is null ? SdpParseError.BadConnection : SdpParseError.None;
                case 't' or 'r' or 'z' when isSession:
                    Times.Add(new SdpLine(type, value));
                    break;
                default:
                    OtherLines.Add(new SdpLine(type, value));
                    break;
            }

            return SdpParseError.None;
        }
    }
}
