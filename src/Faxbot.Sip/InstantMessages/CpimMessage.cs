using System.Text;
using Faxbot.Sip.Messages;

namespace Faxbot.Sip.InstantMessages;

/// <summary>
/// A message in the common format of instant messaging (RFC 3862): header fields, and a content with its type. Sender and receiver in it are what its
/// writer claims. Immutable.
/// </summary>
public sealed record CpimMessage
{
    private const string Namespace = "NS";
    private const string TypeName = "Content-Type", EncodingName = "Content-Transfer-Encoding", DispositionName = "Content-Disposition";

    /// <summary>The header fields of the message, in order; unknown ones are kept.</summary>
    public IReadOnlyList<CpimHeader> Headers { get; init; } = [];

    /// <summary>The type of the content.</summary>
    public required string ContentType { get; init; }

    /// <summary>How the content is encoded (RFC 2045 6), null where it is not.</summary>
    public string? TransferEncoding { get; init; }

    /// <summary>What the content is for, such as <c>notification</c>.</summary>
    public string? Disposition { get; init; }

    /// <summary>The content.</summary>
    public ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>The value of the first field of that name, or null. The prefix of a namespace belongs to the name.</summary>
    public string? this[string name]
    {
        get
        {
            foreach (var header in Headers)
            {
                if (header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                {
                    return header.Value;
                }
            }

            return null;
        }
    }

    /// <summary>The value of a field by its namespace, whatever prefix the writer gave that (RFC 3862 3.4); null where there is none.</summary>
    public string? InNamespace(string uri, string name)
    {
        foreach (var header in Headers)
        {
            if (header.Name == Namespace && header.Value.EndsWith($"<{uri}>", StringComparison.Ordinal))
            {
                var prefix = header.Value[..^(uri.Length + 2)].Trim();
                if (this[prefix.Length == 0 ? name : $"{prefix}.{name}"] is { } value)
                {
                    return value;
                }
            }
        }

        return null;
    }

    /// <summary>The field that gives a namespace its prefix.</summary>
    public static CpimHeader DeclareNamespace(string prefix, string uri) => new(Namespace, $"{prefix} <{uri}>");

    /// <summary>Reads the body of a MESSAGE. Never throws; time and memory are linear in the source.</summary>
    /// <param name="source">The octets; the content refers to them.</param>
    /// <param name="limits">The bounds.</param>
    /// <param name="message">The message; null with an error.</param>
    public static CpimError TryParse(ReadOnlyMemory<byte> source, CpimLimits limits, out CpimMessage? message)
    {
        message = null;
        var rest = source;
        var error = TryReadHeaders(ref rest, limits, limits.MaxHeaderCount, out var headers);
        if (error != CpimError.None)
        {
            return error;
        }

        error = TryReadHeaders(ref rest, limits, limits.MaxHeaderCount - headers.Count, out var described);
        if (error != CpimError.None)
        {
            return error;
        }

        if (ValueOf(described, TypeName) is not { } type)
        {
            return CpimError.NoContentType;
        }

        message = new CpimMessage
        {
            Headers = headers,
            ContentType = type,
            TransferEncoding = ValueOf(described, EncodingName),
            Disposition = ValueOf(described, DispositionName),
            Content = rest,
        };
        return CpimError.None;
    }

    /// <summary>The octets, as the body of a MESSAGE carries them.</summary>
    /// <exception cref="ArgumentException">What says what the content is holds a line end.</exception>
    public byte[] ToArray()
    {
        var text = new StringBuilder();
        foreach (var header in Headers)
        {
            text.Append(header.ToString()).Append("\r\n");
        }

        text.Append("\r\n");
        Append(text, TypeName, ContentType);
        Append(text, EncodingName, TransferEncoding);
        Append(text, DispositionName, Disposition);
        return [.. Encoding.UTF8.GetBytes(text.Append("\r\n").ToString()), .. Content.Span];
    }

    public bool Equals(CpimMessage? other) =>
        other is not null && Headers.SequenceEqual(other.Headers) && (ContentType, TransferEncoding, Disposition) == (other.ContentType, other.TransferEncoding, other.Disposition)
        && Content.Span.SequenceEqual(other.Content.Span);

    public override int GetHashCode() => HashCode.Combine(Headers.Count, ContentType, Content.Length);

    private static void Append(StringBuilder text, string name, string? value)
    {
        if (value is null)
        {
            return;
        }

        if (value.AsSpan().ContainsAny(SipGrammar.LineEnds))
        {
            throw new ArgumentException($"{name} cannot hold a line end.", nameof(value));
        }

        text.Append(name).Append(": ").Append(value).Append("\r\n");
    }

    private static string? ValueOf(List<CpimHeader> headers, string name)
    {
        foreach (var header in headers)
        {
            // Fields of the content are MIME's and have no parameters before their value.
            if (header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return header.Value.Trim();
            }
        }

        return null;
    }

    // Up to the empty line. Lines may end with LF alone, as some devices write them.
    private static CpimError TryReadHeaders(ref ReadOnlyMemory<byte> rest, CpimLimits limits, int most, out List<CpimHeader> headers)
    {
        headers = [];
        while (true)
        {
            var length = rest.Span.IndexOf((byte)'\n');
            if (length < 0)
            {
                return CpimError.NoContent;
            }

            var line = rest.Span[..length];
            line = line is [.., (byte)'\r'] ? line[..^1] : line;
            rest = rest[(length + 1)..];
            if (line.IsEmpty)
            {
                return CpimError.None;
            }

            if (line.Length > limits.MaxHeaderLength)
            {
                return CpimError.HeaderTooLong;
            }

            if (headers.Count >= most)
            {
                return CpimError.TooManyHeaders;
            }

            if (!CpimHeader.TryParse(Encoding.UTF8.GetString(line), out var header))
            {
                return CpimError.BadHeader;
            }

            headers.Add(header);
        }
    }
}
