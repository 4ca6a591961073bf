using System.Text;
using Faxbot.Server.Api;
using Faxbot.Server.Content;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Faxbot.Server.Faxes;

/// <summary>
/// Reads a multipart request as it comes: the document goes straight into the content store and is never held whole, fields may come before or after it.
/// The declared type and the name of the file are not looked at: no path and no decision comes from them.
/// </summary>
internal sealed class FaxUploadReader(ContentStore contents, ApiOptions options)
{
    private const string DocumentField = "file";
    private const int LongestBoundary = 100;
    // Each read goes through several streams: few large ones cost less than many small ones.
    private const int BufferOctets = 32 * 1024;

    /// <param name="request">The request.</param>
    /// <param name="digests">Whether the digest of the document is wanted.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="ProblemException">The request is not what is expected, ends too early or brings too much.</exception>
    public async Task<FaxUpload> ReadAsync(HttpRequest request, bool digests, CancellationToken cancel)
    {
        var reader = new MultipartReader(Boundary(request), request.Body, BufferOctets)
        {
            HeadersCountLimit = 16,
            HeadersLengthLimit = HttpLimits.FormField,
        };
        Dictionary<string, string> fields = new(StringComparer.Ordinal);
        StoredContent? document = null;
        byte[] digest = [];
        for (var parts = 0; await NextAsync(reader, cancel) is { } section; parts++)
        {
            if (parts == HttpLimits.FormParts) throw new ProblemException(ProblemKind.Invalid, $"A request has at most {HttpLimits.FormParts} parts.");
            var name = Name(section);
            if (name == DocumentField)
            {
                if (document is not null) throw new ProblemException(ProblemKind.Invalid, "file: Send one document.");
                await using var octets = new UploadStream(section.Body, digests);
                document = await StoreAsync(octets, cancel);
                digest = octets.Digest();
            }
            else if (name is not null)
            {
                fields[name] = await ReadFieldAsync(section, name, cancel);
            }
        }

        return new FaxUpload(fields, document, digest);
    }

    private async Task<StoredContent> StoreAsync(UploadStream octets, CancellationToken cancel)
    {
        try
        {
            return await contents.PutAsync(octets, options.MostDocumentOctets, cancel);
        }
        catch (ContentTooLargeException)
        {
            throw new ProblemException(ProblemKind.TooLarge, $"file: A document has at most {options.MostDocumentOctets} octets.");
        }
    }

    private static async Task<MultipartSection?> NextAsync(MultipartReader reader, CancellationToken cancel)
    {
        try
        {
            return await reader.ReadNextSectionAsync(cancel);
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw new ProblemException(ProblemKind.Invalid, "The body is not well-formed multipart/form-data, or ends too early.");
        }
    }

    private static async Task<string> ReadFieldAsync(MultipartSection section, string name, CancellationToken cancel)
    {
        await using var octets = new UploadStream(section.Body, digests: false);
        var buffer = new byte[HttpLimits.FormField + 1];
        var length = await octets.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel);
        if (length > HttpLimits.FormField) throw new ProblemException(ProblemKind.TooLarge, $"{name}: A field has at most {HttpLimits.FormField} octets.");
        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    // RFC 7578 4.2: each part is form-data and has a name.
    private static string? Name(MultipartSection section) =>
        ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) && disposition.DispositionType.Equals("form-data", StringComparison.OrdinalIgnoreCase)
            ? HeaderUtilities.RemoveQuotes(disposition.Name).Value
            : null;

    private static string Boundary(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            throw new ProblemException(ProblemKind.UnsupportedType, "Send multipart/form-data with the fields to and file.");
        return HeaderUtilities.RemoveQuotes(type.Boundary).Value is { Length: > 0 and <= LongestBoundary } boundary
            ? boundary
            : throw new ProblemException(ProblemKind.Invalid, "The Content-Type has no usable boundary.");
    }
}
