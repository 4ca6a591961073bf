using System.Globalization;

namespace Faxbot.Sip.Sdp;

/// <summary>
/// An RTP payload format of an audio line: what rtpmap and fmtp say of one payload type (RFC 8866 6.6, 6.15; RFC 3551 6).
/// </summary>
/// <param name="PayloadType">0 to 127.</param>
/// <param name="Name">The encoding name; compares without case.</param>
/// <param name="ClockRate">Hertz.</param>
public sealed record SdpCodec(int PayloadType, string Name, int ClockRate)
{
    /// <summary>G.711 mu-law.</summary>
    public static SdpCodec Pcmu { get; } = new(0, "PCMU", 8000);

    /// <summary>G.711 A-law.</summary>
    public static SdpCodec Pcma { get; } = new(8, "PCMA", 8000);

    /// <summary>DTMF and tones as events (RFC 4733), on the usual dynamic payload type.</summary>
    public static SdpCodec TelephoneEvent { get; } = new(101, "telephone-event", 8000) { FormatParameters = "0-16" };

    /// <summary>Audio channels.</summary>
    public int Channels { get; init; } = 1;

    /// <summary>The value of fmtp behind the payload type, or null.</summary>
    public string? FormatParameters { get; init; }

    /// <summary>The same format, whatever payload type each side gives it.</summary>
    public bool IsSameFormatAs(SdpCodec other) =>
        Name.Equals(other.Name, StringComparison.OrdinalIgnoreCase) && ClockRate == other.ClockRate && Channels == other.Channels;

    internal SdpAttribute RtpMap => new("rtpmap", Channels > 1
        ? string.Create(CultureInfo.InvariantCulture, $"{PayloadType} {Name}/{ClockRate}/{Channels}")
        : string.Create(CultureInfo.InvariantCulture, $"{PayloadType} {Name}/{ClockRate}"));

    internal SdpAttribute? Fmtp =>
        FormatParameters is null ? null : new("fmtp", string.Create(CultureInfo.InvariantCulture, $"{PayloadType} {FormatParameters}"));

    /// <summary>The static assignments that need no rtpmap (RFC 3551 table 4) among those that a fax call can meet.</summary>
    internal static SdpCodec? Static(int payloadType) => payloadType switch
    {
        0 => Pcmu,
        3 => new(3, "GSM", 8000),
        4 => new(4, "G723", 8000),
        8 => Pcma,
        9 => new(9, "G722", 8000),
        13 => new(13, "CN", 8000),
        15 => new(15, "G728", 8000),
        18 => new(18, "G729", 8000),
        _ => null,
    };
}
