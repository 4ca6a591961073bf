using System.Buffers;
using System.Text;

namespace Faxbot.Sip.Messages;

/// <summary>
/// A SIP message: a start line, header fields and a body. Mutable, not thread-safe; use <see cref="SipRequest.Clone"/> to change one that
/// others hold.
/// </summary>
public abstract class SipMessage
{
    private protected SipMessage(SipHeaderList headers) => Headers = headers;

    public SipHeaderList Headers { get; }

    /// <summary>The body; Content-Length follows from it.</summary>
    public ReadOnlyMemory<byte> Body { get; set; }

    /// <summary>The request or status line, without its line end.</summary>
    public abstract string StartLine { get; }

    /// <summary>The first Via.</summary>
    /// <exception cref="InvalidOperationException">The message has none; one that <see cref="TryParse"/> accepted always has.</exception>
    public SipVia TopVia
    {
        get => Headers.TopVia ?? throw Missing(SipHeaderNames.Via);
        set => Headers.TopVia = value;
    }

    /// <inheritdoc cref="TopVia" path="/exception"/>
    public SipNameAddr From
    {
        get => Headers.From ?? throw Missing(SipHeaderNames.From);
        set => Headers.From = value;
    }

    /// <inheritdoc cref="TopVia" path="/exception"/>
    public SipNameAddr To
    {
        get => Headers.To ?? throw Missing(SipHeaderNames.To);
        set => Headers.To = value;
    }

    /// <inheritdoc cref="TopVia" path="/exception"/>
    public string CallId
    {
        get => Headers.CallId ?? throw Missing(SipHeaderNames.CallId);
        set => Headers.CallId = value;
    }

    /// <inheritdoc cref="TopVia" path="/exception"/>
    public SipCSeq CSeq
    {
        get => Headers.CSeq ?? throw Missing(SipHeaderNames.CSeq);
        set => Headers.CSeq = value;
    }

    /// <summary>
    /// Reads a datagram, or a frame that <see cref="SipStreamFramer"/> cut out of a stream. Never throws; time and memory are linear in the
    /// source.
    /// </summary>
    /// <param name="source">The octets; not referred to afterwards.</param>
    /// <param name="limits">The bounds.</param>
    /// <param name="message">The message; also set along with an error when the message has what a response needs (a start line that is
    /// recognisably a request or response, top Via, From, To, Call-ID and CSeq), so that a request can be answered with 400 or 505.
    /// Its other parts must not be relied on then.</param>
    public static SipParseError TryParse(ReadOnlySpan<byte> source, SipLimits limits, out SipMessage? message) =>
        SipMessageReader.TryRead(source, limits, out message);

    /// <summary>Sets the body and its Content-Type.</summary>
    public void SetBody(string contentType, ReadOnlyMemory<byte> body)
    {
        Headers.ContentType = contentType;
        Body = body;
    }

    /// <summary>Writes the message in canonical form: CRLF line ends, long header names, one field per line, Content-Length last.</summary>
    public void Write(IBufferWriter<byte> writer) => SipMessageWriter.Write(this, writer);

    /// <summary>The octets that <see cref="Write"/> writes.</summary>
    public byte[] ToArray()
    {
        var writer = new ArrayBufferWriter<byte>(1024 + Body.Length);
        Write(writer);
        return writer.WrittenSpan.ToArray();
    }

    /// <summary>The message as text, for traces.</summary>
    public override string ToString() => Encoding.UTF8.GetString(ToArray());

    private static InvalidOperationException Missing(string name) => new($"The message has no readable {name}.");
}
