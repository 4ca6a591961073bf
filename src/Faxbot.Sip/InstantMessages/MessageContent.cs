using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Faxbot.Sip.Messages;

namespace Faxbot.Sip.InstantMessages;

/// <summary>What a MESSAGE carries: a text, or a notice of what became of one.</summary>
public abstract record MessageContent
{
    /// <summary>The media types that can be read, as Accept writes them (RFC 3428 10 asks for the first two).</summary>
    public const string Accepted = "text/plain, message/cpim, message/imdn+xml";

    private const string Cpim = "message/cpim";
    private static readonly SipMediaType PlainText = new("text", "plain");

    private MessageContent()
    {
    }

    /// <summary>A text.</summary>
    /// <param name="Value">What is said.</param>
    public sealed record Text(string Value) : MessageContent
    {
        /// <summary>The id that notices of it are to name; null asks for none.</summary>
        public string? MessageId { get; init; }

        /// <summary>A notice is wanted when it was delivered.</summary>
        public bool WantsDeliveryNotice { get; init; }
    }

    /// <summary>A notice of what became of a message of ours (RFC 5438).</summary>
    public sealed record Notice(ImdnNotice Value) : MessageContent;

    /// <summary>Reads the body of a MESSAGE. Never throws.</summary>
    public static MessageContentError TryRead(SipRequest request, CpimLimits limits, out MessageContent? content)
    {
        content = null;
        if (request.Headers["Content-Encoding"] is { } encoding && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            return MessageContentError.UnsupportedEncoding;
        }

        // RFC 3261 20.15 demands a type with a body; where there is none, it is text.
        var type = PlainText;
        if (request.Headers.ContentType is { } written && !SipMediaType.TryParse(written, out type))
        {
            return MessageContentError.Malformed;
        }

        if (!type.Is(Cpim))
        {
            return TryReadPart(type, request.Body.Span, out content);
        }

        return CpimMessage.TryParse(request.Body, limits, out var envelope) == CpimError.None
            ? TryReadEnvelope(envelope!, out content)
            : MessageContentError.Malformed;
    }

    private static MessageContentError TryReadEnvelope(CpimMessage envelope, out MessageContent? content)
    {
        content = null;
        if (!SipMediaType.TryParse(envelope.ContentType, out var type))
        {
            return MessageContentError.Malformed;
        }

        var error = TryDecode(envelope, out var octets);
        if (error == MessageContentError.None)
        {
            error = TryReadPart(type, octets.Span, out content);
        }

        if (content is Text text)
        {
            content = text with { MessageId = ImdnHeaders.MessageIdOf(envelope), WantsDeliveryNotice = ImdnHeaders.WantsDeliveryNotice(envelope) };
        }

        return error;
    }

    // RFC 2045 6: what an encoding says that changes nothing, and the one that text parts have in the field.
    private static MessageContentError TryDecode(CpimMessage envelope, out ReadOnlyMemory<byte> octets)
    {
        octets = envelope.Content;
        if (envelope.TransferEncoding is not { } encoding
            || encoding.Equals("7bit", StringComparison.OrdinalIgnoreCase)
            || encoding.Equals("8bit", StringComparison.OrdinalIgnoreCase)
            || encoding.Equals("binary", StringComparison.OrdinalIgnoreCase))
        {
            return MessageContentError.None;
        }

        if (!encoding.Equals("base64", StringComparison.OrdinalIgnoreCase))
        {
            return MessageContentError.UnsupportedEncoding;
        }

        var decoded = new byte[Base64.GetMaxDecodedFromUtf8Length(octets.Length)];
        if (Base64.DecodeFromUtf8(octets.Span, decoded, out _, out var written) != OperationStatus.Done)
        {
            return MessageContentError.Malformed;
        }

        octets = decoded.AsMemory(0, written);
        return MessageContentError.None;
    }

    private static MessageContentError TryReadPart(SipMediaType type, ReadOnlySpan<byte> octets, out MessageContent? content)
    {
        content = null;
        if (type.Is(ImdnNotice.MediaType))
        {
            if (ImdnNotice.TryParse(octets, out var notice) != ImdnError.None)
            {
                return MessageContentError.Malformed;
            }

            content = new Notice(notice!);
            return MessageContentError.None;
        }

        if (!type.Is("text/plain") || CharacterSet(type.Parameters["charset"]) is not { } set)
        {
            return MessageContentError.UnsupportedType;
        }

        content = new Text(set.GetString(octets));
        return MessageContentError.None;
    }

    // RFC 3261 7.4.1: UTF-8 unless it is said otherwise. What is not of the set becomes U+FFFD.
    private static Encoding? CharacterSet(string? name) => name?.ToUpperInvariant() switch
    {
        null or "UTF-8" or "UTF8" or "US-ASCII" => Encoding.UTF8,
        "ISO-8859-1" or "LATIN1" => Encoding.Latin1,
        _ => null,
    };
}
