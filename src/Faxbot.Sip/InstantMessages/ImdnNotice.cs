using System.Globalization;
using System.Text;
using System.Xml;

namespace Faxbot.Sip.InstantMessages;

/// <summary>What a notice is about (RFC 5438 7.2.1).</summary>
public enum ImdnKind
{
    /// <summary>Whether the message reached the recipient's terminal.</summary>
    Delivery,

    /// <summary>Whether it was shown.</summary>
    Display,

    /// <summary>What somebody between made of it.</summary>
    Processing,
}

/// <summary>What a notice says (RFC 5438 11.1.9).</summary>
public enum ImdnStatus
{
    Delivered,
    Failed,
    Displayed,
    Processed,
    Stored,

    /// <summary>The recipient lets nobody know.</summary>
    Forbidden,

    /// <summary>Something went wrong; what is not said.</summary>
    Error,
}

/// <summary>An instant message disposition notification (RFC 5438): what became of a message. Immutable.</summary>
/// <param name="MessageId">The message's id, as its sender gave it.</param>
/// <param name="Kind">What the notice is about.</param>
/// <param name="Status">What it says of that.</param>
public sealed record ImdnNotice(string MessageId, ImdnKind Kind, ImdnStatus Status)
{
    /// <summary>The media type.</summary>
    public const string MediaType = "message/imdn+xml";

    private const string Namespace = "urn:ietf:params:xml:ns:imdn";
    private const int MostCharacters = 20_000, DeepestElement = 16;

    /// <summary>The moment that the notice tells of the message, as it was written; null where it says none.</summary>
    public string? DateTime { get; init; }

    /// <summary>The recipient's address; null where it says none.</summary>
    public string? Recipient { get; init; }

    /// <summary>Reads a notice. Never throws, and reaches for nothing beyond the octets.</summary>
    public static ImdnError TryParse(ReadOnlySpan<byte> source, out ImdnNotice? notice)
    {
        notice = null;
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(source.ToArray()), new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                MaxCharactersInDocument = MostCharacters,
                IgnoreComments = true,
                IgnoreProcessingInstructions = true,
                IgnoreWhitespace = true,
            });
            return TryRead(reader, out notice);
        }
        catch (XmlException)
        {
            // The only way in which the framework's reader tells that octets are no XML.
            return ImdnError.BadXml;
        }
    }

    /// <summary>The XML.</summary>
    public byte[] ToArray()
    {
        using var octets = new MemoryStream();
        using (var writer = XmlWriter.Create(octets, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) }))
        {
            writer.WriteStartElement("imdn", Namespace);
            writer.WriteElementString("message-id", Namespace, MessageId);
            if (DateTime is not null)
            {
                writer.WriteElementString("datetime", Namespace, DateTime);
            }

            if (Recipient is not null)
            {
                writer.WriteElementString("recipient-uri", Namespace, Recipient);
            }

            writer.WriteStartElement(NameOf(Kind), Namespace);
            writer.WriteStartElement("status", Namespace);
            writer.WriteElementString(NameOf(Status), Namespace, null);
            writer.WriteEndElement();
            writer.WriteEndElement();
            writer.WriteEndElement();
        }

        return octets.ToArray();
    }

    private static ImdnError TryRead(XmlReader reader, out ImdnNotice? notice)
    {
        notice = null;
        if (reader.MoveToContent() != XmlNodeType.Element || reader.LocalName != "imdn" || reader.NamespaceURI != Namespace)
        {
            return ImdnError.NotANotice;
        }

        Dictionary<string, string> texts = [];
        ImdnKind? kind = null;
        ImdnStatus? status = null;
        string? field = null;
        while (reader.Read())
        {
            if (reader.Depth > DeepestElement)
            {
                return ImdnError.BadXml;
            }

            if (reader.NodeType == XmlNodeType.Element)
            {
                field = reader.Depth == 1 ? reader.LocalName : null;
                kind = reader.Depth == 1 ? KindOf(reader.LocalName) ?? kind : kind;
                // Below the kind, status, and the word in it.
                status ??= reader.Depth == 3 && kind is not null ? StatusOf(reader.LocalName) : null;
            }
            else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA && field is not null)
            {
                texts.TryAdd(field, reader.Value.Trim());
            }
        }

        if (kind is null || status is null || texts.GetValueOrDefault("message-id") is not { Length: > 0 } id)
        {
            return ImdnError.NotANotice;
        }

        notice = new ImdnNotice(id, kind.Value, status.Value) { DateTime = texts.GetValueOrDefault("datetime"), Recipient = texts.GetValueOrDefault("recipient-uri") };
        return ImdnError.None;
    }

    private static string NameOf(ImdnKind kind) => string.Create(CultureInfo.InvariantCulture, $"{kind.ToString().ToLowerInvariant()}-notification");

    private static string NameOf(ImdnStatus status) => status.ToString().ToLowerInvariant();

    private static ImdnKind? KindOf(string name) => Enum.GetValues<ImdnKind>().Cast<ImdnKind?>().FirstOrDefault(kind => NameOf(kind!.Value) == name);

    private static ImdnStatus? StatusOf(string name) => Enum.GetValues<ImdnStatus>().Cast<ImdnStatus?>().FirstOrDefault(status => NameOf(status!.Value) == name);
}
