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

        SdpOrigin? origin = null;
        string? name = null;
        var session = new Section();
        var media = new List<(SdpMedia Line, Section Section)>();
        var section = session;
        var count = 0;
        while (TryCutLine(ref source, out var line))
        {
            if (line.IsEmpty)
            {
                continue;
            }

            if (++count > limits.MaxLines)
            {
                return SdpParseError.TooManyLines;
            }

            var error = SplitLine(line, out var type, out var value);
            if (error == SdpParseError.None)
            {
                error = (count, type) switch
                {
                    (1, _) => type == 'v' && value == "0" ? SdpParseError.None : SdpParseError.BadVersion,
                    (_, 'm') => AddMedia(value, limits, media, ref section),
                    (_, 'o') when media.Count == 0 && origin is null => ReadOrigin(value, out origin),
                    (_, 's') when media.Count == 0 && name is null => Keep(value, out name),
                    _ => section.Add(type, value, isSession: media.Count == 0),
                };
            }

            if (error != SdpParseError.None)
            {
                return error;
            }
        }

        if (count == 0)
        {
            return SdpParseError.BadVersion;
        }

        if (origin is null)
        {
            return SdpParseError.BadOrigin;
        }

        description = Build(origin, name, session, media);
        return SdpParseError.None;
    }

    private static SdpDescription Build(SdpOrigin origin, string? name, Section session, List<(SdpMedia Line, Section Section)> media)
    {
        var description = new SdpDescription(origin, [.. media.Select(part => part.Line with
        {
            Connection = part.Section.Connection,
            Bandwidths = part.Section.Bandwidths,
            Attributes = part.Section.Attributes,
            OtherLines = part.Section.OtherLines,
        })])
        {
            SessionName = name ?? "-",
            Connection = session.Connection,
            Bandwidths = session.Bandwidths,
            Attributes = session.Attributes,
            OtherLines = session.OtherLines,
        };
        return session.Times.Count == 0 ? description : description with { Times = session.Times };
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

    private static SdpParseError ReadOrigin(string value, out SdpOrigin origin) =>
        SdpOrigin.TryRead(value, out origin) ? SdpParseError.None : SdpParseError.BadOrigin;

    private static SdpParseError Keep(string value, out string name)
    {
        name = value;
        return SdpParseError.None;
    }

    private static SdpParseError AddMedia(string value, SdpLimits limits, List<(SdpMedia Line, Section Section)> media, ref Section section)
    {
        if (media.Count >= limits.MaxMedia)
        {
            return SdpParseError.TooManyMedia;
        }

        var fields = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < 3 || !TryReadPorts(fields[1], out var port, out var count))
        {
            return SdpParseError.BadMedia;
        }

        section = new Section();
        media.Add((new SdpMedia(fields[0], port, fields[2], fields[3..]) { PortCount = count }, section));
        return SdpParseError.None;
    }

    private static bool TryReadPorts(string text, out int port, out int count)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        count = 1;
        return int.TryParse(slash < 0 ? text : text[..slash], NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= 65_535
            && (slash < 0 || (int.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out count) && count > 0));
    }

    /// <summary>The lines of the session or of one media line while they are read.</summary>
    private sealed class Section
    {
        public SdpConnection? Connection { get; private set; }

        public List<string> Bandwidths { get; } = [];

        public List<SdpLine> Times { get; } = [];

        public List<SdpAttribute> Attributes { get; } = [];

        public List<SdpLine> OtherLines { get; } = [];

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
