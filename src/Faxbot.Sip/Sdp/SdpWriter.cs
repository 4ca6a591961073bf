using System.Globalization;
using System.Text;

namespace Faxbot.Sip.Sdp;

/// <summary>The lines of a description in the order of RFC 8866 5.</summary>
internal static class SdpWriter
{
    public static string Write(SdpDescription description)
    {
        var text = new StringBuilder(512);
        Add(text, 'v', "0");
        Add(text, 'o', description.Origin.ToString());
        Add(text, 's', description.SessionName);
        AddLines(text, description.OtherLines, IsBeforeConnection);
        AddConnection(text, description.Connection);
        AddBandwidths(text, description.Bandwidths);
        AddLines(text, description.Times, _ => true);
        AddLines(text, description.OtherLines, type => !IsBeforeConnection(type));
        AddAttributes(text, description.Attributes);
        foreach (var media in description.Media)
        {
            AddMedia(text, media);
        }

        return text.ToString();
    }

    private static void AddMedia(StringBuilder text, SdpMedia media)
    {
        var ports = media.PortCount == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"/{media.PortCount}");
        var transport = string.Join(' ', media.Formats.Prepend(media.Protocol));
        Add(text, 'm', string.Create(CultureInfo.InvariantCulture, $"{media.Kind} {media.Port}{ports} {transport}"));
        AddLines(text, media.OtherLines, IsBeforeConnection);
        AddConnection(text, media.Connection);
        AddBandwidths(text, media.Bandwidths);
        AddLines(text, media.OtherLines, type => !IsBeforeConnection(type));
        AddAttributes(text, media.Attributes);
    }

    private static bool IsBeforeConnection(char type) => type is 'i' or 'u' or 'e' or 'p';

    private static void AddLines(StringBuilder text, IReadOnlyList<SdpLine> lines, Func<char, bool> wanted)
    {
        foreach (var line in lines)
        {
            if (wanted(line.Type))
            {
                Add(text, line.Type, line.Value);
            }
        }
    }

    private static void AddConnection(StringBuilder text, SdpConnection? connection)
    {
        if (connection is not null)
        {
            Add(text, 'c', connection.ToString());
        }
    }

    private static void AddBandwidths(StringBuilder text, IReadOnlyList<string> bandwidths)
    {
        foreach (var bandwidth in bandwidths)
        {
            Add(text, 'b', bandwidth);
        }
    }

    private static void AddAttributes(StringBuilder text, IReadOnlyList<SdpAttribute> attributes)
    {
        foreach (var attribute in attributes)
        {
            Add(text, 'a', attribute.ToString());
        }
    }

    private static void Add(StringBuilder text, char type, string value)
    {
        // Our own code chose the values; a line end in one would forge lines.
        if (value.AsSpan().ContainsAny('\r', '\n'))
        {
            throw new InvalidOperationException("A line of a session description cannot hold a line end.");
        }

        text.Append(type).Append('=').Append(value).Append("\r\n");
    }
}
