using System.Text;

namespace Faxbot.Sip.Sdp;

/// <summary>A session description (RFC 8866). Immutable; all lines of each kind are kept in order and attributes verbatim.</summary>
/// <param name="Origin">Who made it, and which version it is.</param>
/// <param name="Media">The media lines, whose order ties offer and answer together (RFC 3264 5).</param>
public sealed record SdpDescription(SdpOrigin Origin, IReadOnlyList<SdpMedia> Media)
{
    /// <summary>The media type of a session description in SIP.</summary>
    public const string ContentType = "application/sdp";

    /// <summary>The value of <c>s=</c>.</summary>
    public string SessionName { get; init; } = "-";

    /// <summary>The session's <c>c=</c>, or null.</summary>
    public SdpConnection? Connection { get; init; }

    /// <summary>The values of <c>b=</c>.</summary>
    public IReadOnlyList<string> Bandwidths { get; init; } = [];

    /// <summary><c>t=</c>, <c>r=</c> and <c>z=</c> lines.</summary>
    public IReadOnlyList<SdpLine> Times { get; init; } = [new SdpLine('t', "0 0")];

    /// <summary>The session's attributes.</summary>
    public IReadOnlyList<SdpAttribute> Attributes { get; init; } = [];

    /// <summary>Other lines: <c>i= u= e= p= k=</c> and unknown ones.</summary>
    public IReadOnlyList<SdpLine> OtherLines { get; init; } = [];

    /// <summary>
    /// Reads a description. Lone LF line ends, a missing last line end, and missing <c>s=</c> and <c>t=</c> lines are taken, as devices
    /// leave them away.
    /// Never throws; linear in the source.
    /// </summary>
    public static SdpParseError TryParse(ReadOnlySpan<byte> source, SdpLimits limits, out SdpDescription? description) =>
        SdpReader.TryRead(source, limits, out description);

    /// <summary>Where a media line is received: its own connection or the session's; null where neither stands.</summary>
    public SdpConnection? ConnectionOf(SdpMedia media) => media.Connection ?? Connection;

    /// <summary>A media line's direction: its own, the session's, or send and receive.</summary>
    public SdpDirection DirectionOf(SdpMedia media) => media.Direction ?? SdpDirections.Find(Attributes) ?? SdpDirection.SendReceive;

    public byte[] ToArray() => Encoding.UTF8.GetBytes(ToString());

    /// <summary>The canonical form, with CRLF.</summary>
    public override string ToString() => SdpWriter.Write(this);
}
