using System.Text;
using Faxbot.Sip.Messages;

namespace Faxbot.Sip.Calls;

/// <summary>A message body with its Content-Type.</summary>
public sealed record SipBody(ReadOnlyMemory<byte> Bytes, string ContentType = SipBody.Sdp)
{
    public const string Sdp = "application/sdp";

    /// <summary>The media type is application/sdp, whatever its parameters.</summary>
    public bool IsSdp => ContentType.AsSpan(0, ContentType.IndexOf(';') is var end and >= 0 ? end : ContentType.Length).Trim()
        .Equals(Sdp, StringComparison.OrdinalIgnoreCase);

    /// <summary>The body as UTF-8 text.</summary>
    public string Text => Encoding.UTF8.GetString(Bytes.Span);

    /// <summary>SDP from its text.</summary>
    public static SipBody FromSdp(string sdp) => new(Encoding.UTF8.GetBytes(sdp));

    /// <summary>A text; the character set is named where it matters (RFC 3261 7.4.1: UTF-8 unless it is said otherwise, and some gateways know no
    /// parameter).</summary>
    public static SipBody FromText(string text) =>
        new(Encoding.UTF8.GetBytes(text), Ascii.IsValid(text) ? "text/plain" : "text/plain;charset=UTF-8");

    public bool Equals(SipBody? other) =>
        other is not null && ContentType == other.ContentType && Bytes.Span.SequenceEqual(other.Bytes.Span);

    public override int GetHashCode() => HashCode.Combine(ContentType, Bytes.Length);

    public override string ToString() => $"{ContentType}, {Bytes.Length} octets";

    internal static SipBody? Of(SipMessage message) =>
        message.Body.IsEmpty ? null : new SipBody(message.Body, message.Headers.ContentType ?? Sdp);

    internal void WriteTo(SipMessage message) => message.SetBody(ContentType, Bytes);
}
