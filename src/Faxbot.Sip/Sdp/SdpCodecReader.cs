using System.Globalization;

namespace Faxbot.Sip.Sdp;

/// <summary>Payload types, rtpmap and fmtp to codecs.</summary>
internal static class SdpCodecReader
{
    public static List<SdpCodec> Read(SdpMedia media)
    {
        var mapped = new Dictionary<int, SdpCodec>();
        var parameters = new Dictionary<int, string>();
        foreach (var attribute in media.Attributes)
        {
            if (attribute.Value is not { } value || !TryCutPayloadType(value, out var payloadType, out var rest))
            {
                continue;
            }

            if (attribute.Name == "rtpmap" && TryReadMap(payloadType, rest, out var codec))
            {
                mapped.TryAdd(payloadType, codec);
            }
            else if (attribute.Name == "fmtp")
            {
                parameters.TryAdd(payloadType, rest);
            }
        }

        var codecs = new List<SdpCodec>();
        foreach (var format in media.Formats)
        {
            if (TryReadPayloadType(format, out var payloadType)
                && (mapped.GetValueOrDefault(payloadType) ?? SdpCodec.Static(payloadType)) is { } codec)
            {
                codecs.Add(codec with { FormatParameters = parameters.GetValueOrDefault(payloadType) });
            }
        }

        return codecs;
    }

    private static bool TryCutPayloadType(string value, out int payloadType, out string rest)
    {
        var space = value.IndexOf(' ', StringComparison.Ordinal);
        rest = space < 0 ? "" : value[(space + 1)..].Trim();
        return TryReadPayloadType(space < 0 ? value : value[..space], out payloadType) && space >= 0;
    }

    private static bool TryReadPayloadType(string text, out int payloadType) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out payloadType) && payloadType <= 127;

    private static bool TryReadMap(int payloadType, string text, out SdpCodec codec)
    {
        codec = SdpCodec.Pcmu;
        var fields = text.Split('/');
        var channels = 1;
        if (fields.Length is < 2 or > 3 || fields[0].Length == 0
            || !int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var rate)
            || (fields.Length == 3 && !int.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out channels)))
        {
            return false;
        }

        codec = new SdpCodec(payloadType, fields[0], rate) { Channels = channels };
        return true;
    }
}
