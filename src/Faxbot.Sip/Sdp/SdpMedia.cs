using System.Globalization;

namespace Faxbot.Sip.Sdp;

/// <summary>An <c>m=</c> line and what belongs to it (RFC 8866 5.14). Immutable; lists are kept in order.</summary>
/// <param name="Kind"><c>audio</c>, <c>image</c>...</param>
/// <param name="Port">Where it is received; 0 refuses it.</param>
/// <param name="Protocol">As written: <c>RTP/AVP</c>, <c>udptl</c>, <c>UDPTL</c>...</param>
/// <param name="Formats">Payload types or, for image, <c>t38</c>.</param>
public sealed record SdpMedia(string Kind, int Port, string Protocol, IReadOnlyList<string> Formats)
{
    /// <summary>The number of ports, 1 unless written.</summary>
    public int PortCount { get; init; } = 1;

    /// <summary>The line's own <c>c=</c>, or null: then the session's counts.</summary>
    public SdpConnection? Connection { get; init; }

    /// <summary>The values of <c>b=</c>.</summary>
    public IReadOnlyList<string> Bandwidths { get; init; } = [];

    public IReadOnlyList<SdpAttribute> Attributes { get; init; } = [];

    /// <summary>Other lines: <c>i=</c>, <c>k=</c> and unknown ones.</summary>
    public IReadOnlyList<SdpLine> OtherLines { get; init; } = [];

    /// <summary>Port 0: refused or ended (RFC 3264 6, 8.2).</summary>
    public bool IsRejected => Port == 0;

    /// <summary>An RTP audio line in the clear.</summary>
    public bool IsAudio => Is(Kind, "audio") && (Is(Protocol, "RTP/AVP") || Is(Protocol, "RTP/AVPF"));

    /// <summary>T.38 over UDPTL (T.38 D.2.2), whatever the case: some gateways write UDPTL and T38.</summary>
    public bool IsT38 => Is(Kind, "image") && Is(Protocol, "udptl") && Formats.Any(format => Is(format, "t38"));

    /// <summary>The packet time that the line asks for, or null.</summary>
    public TimeSpan? PacketTime =>
        double.TryParse(Attribute("ptime"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var milliseconds)
            && milliseconds is > 0 and <= 1000 ? TimeSpan.FromMilliseconds(milliseconds) : null;

    /// <summary>The line's own direction attribute, or null: then the session's counts.</summary>
    public SdpDirection? Direction => SdpDirections.Find(Attributes);

    /// <summary>The payload formats in the line's order; payload types that nothing explains are left out.</summary>
    public IReadOnlyList<SdpCodec> Codecs => SdpCodecReader.Read(this);

    /// <summary>The value of the first attribute of that name, whatever its case; null where absent or a flag.</summary>
    public string? Attribute(string name) => Attributes.FirstOrDefault(attribute => Is(attribute.Name, name)).Value;

    public bool HasAttribute(string name) => Attributes.Any(attribute => Is(attribute.Name, name));

    /// <summary>The line as an answer or a later offer writes it to refuse it or end it.</summary>
    public SdpMedia Rejected() => new(Kind, 0, Protocol, Formats);

    private static bool Is(string? a, string b) => b.Equals(a, StringComparison.OrdinalIgnoreCase);
}
