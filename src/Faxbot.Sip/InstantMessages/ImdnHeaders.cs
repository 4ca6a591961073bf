using Faxbot.Sip.Calls;

namespace Faxbot.Sip.InstantMessages;

/// <summary>The header fields by which notices are asked for and told (RFC 5438 6).</summary>
public static class ImdnHeaders
{
    private const string Namespace = "urn:ietf:params:imdn", Prefix = "imdn";
    private const string MessageId = "Message-ID", DispositionNotification = "Disposition-Notification";
    private const string Cpim = "message/cpim", PositiveDelivery = "positive-delivery", NegativeDelivery = "negative-delivery";

    /// <summary>A text that asks to be told whether it was delivered.</summary>
    /// <param name="text">What is said, and its type.</param>
    /// <param name="messageId">The id that notices will name; of at least 64 random bits.</param>
    /// <param name="from">The sender's address.</param>
    /// <param name="to">The recipient's address.</param>
    /// <param name="at">When it was written.</param>
    public static SipBody Ask(SipBody text, string messageId, string from, string to, DateTimeOffset at) => Enclose(
        text.ContentType, null, text.Bytes, messageId, from, to, at, new CpimHeader($"{Prefix}.{DispositionNotification}", $"{PositiveDelivery}, {NegativeDelivery}"));

    /// <summary>A notice on its way to who asked for it (RFC 5438 7.2.1): it asks for none itself.</summary>
    /// <param name="notice">What is told.</param>
    /// <param name="messageId">An id of its own.</param>
    /// <param name="from">Who tells.</param>
    /// <param name="to">Who asked.</param>
    /// <param name="at">The time.</param>
    public static SipBody Tell(ImdnNotice notice, string messageId, string from, string to, DateTimeOffset at) =>
        Enclose(ImdnNotice.MediaType, "notification", notice.ToArray(), messageId, from, to, at);

    /// <summary>The id of a message; null where it has none, or one that no notice could name.</summary>
    public static string? MessageIdOf(CpimMessage message) =>
        message.InNamespace(Namespace, MessageId)?.Trim() is { Length: > 0 } id && !id.AsSpan().ContainsAnyExceptInRange('!', '~') ? id : null;

    /// <summary>Whether its sender wants to know that it was delivered.</summary>
    public static bool WantsDeliveryNotice(CpimMessage message) =>
        message.InNamespace(Namespace, DispositionNotification) is { } wanted
        && wanted.Split(',').Any(one => one.Split(';')[0].Trim().Equals(PositiveDelivery, StringComparison.OrdinalIgnoreCase));

    private static SipBody Enclose(
        string contentType, string? disposition, ReadOnlyMemory<byte> content, string messageId, string from, string to, DateTimeOffset at, params CpimHeader[] more) =>
        new(
            new CpimMessage
            {
                Headers =
                [
                    new("From", $"<{from}>"), new("To", $"<{to}>"), new("DateTime", Internet(at)), CpimMessage.DeclareNamespace(Prefix, Namespace),
                    new($"{Prefix}.{MessageId}", messageId), .. more,
                ],
                ContentType = contentType,
                Disposition = disposition,
                Content = content,
            }.ToArray(),
            Cpim);

    // RFC 3339.
    private static string Internet(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", System.Globalization.CultureInfo.InvariantCulture);
}
