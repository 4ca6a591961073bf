using System.Text;
using Faxbot.Server.Api;
using Faxbot.Server.Content;
using Microsoft.Net.Http.Headers;

namespace Faxbot.Server.Faxes;

/// <summary>
/// Reads a multipart request as it comes: the document is sealed on its way to the disk and is never held whole, fields may come before or after it.
/// The declared type and the name of the file are not looked at: no path and no decision comes from them.
/// </summary>
internal sealed class FaxUploadReader(ContentStore contents, ApiOptions options)
{
    private const string DocumentField = "file";
    private const int LongestBoundary = 100;
    private const string Disposition = "Content-Disposition:";

    /// <param name="request">The request.</param>
    /// <param name="digests">Whether the digest of the document is wanted.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="ProblemException">The request is not what is expected, ends too early or brings too much.</exception>
    public async Task<FaxUpload> ReadAsync(HttpRequest request, bool digests, CancellationToken cancel)
    {
        var body = new MultipartParts(request.BodyReader, Boundary(request));
        Dictionary<string, string> fields = new(StringComparer.Ordinal);
        StagedContent? document = null;
        FaxUpload? upload = null;
        byte[] digest = [];
        try
        {
            for (var parts = 0; await NextAsync(body, cancel) is { } header; parts++)
            {
                if (parts == HttpLimits.FormParts) throw new ProblemException(ProblemKind.Invalid, $"A request has at most {HttpLimits.FormParts} parts.");
                var name = Name(header);
                if (name == DocumentField)
                {
                    if (document is not null) throw new ProblemException(ProblemKind.Invalid, "file: Send one document.");
                    await using var octets = new UploadStream(body, digests);
                    document = await StageAsync(octets, cancel);
                    digest = octets.Digest();
                }
                else if (name is not null)
                {
                    fields[name] = await ReadFieldAsync(body, name, cancel);
                }
            }

            return upload = new FaxUpload(fields, document, digest);
        }
        finally
        {
            if (upload is null && document is not null) await document.DisposeAsync();
        }
    }

    private async Task<StagedContent> StageAsync(UploadStream octets, CancellationToken cancel)
    {
        try
        {
            return await contents.StageAsync(octets, options.MostDocumentOctets, cancel);
        }
        catch (ContentTooLargeException)
        {
            throw new ProblemException(ProblemKind.TooLarge, $"file: A document has at most {options.MostDocumentOctets} octets.");
        }
    }

    private static async ValueTask<IReadOnlyList<string>?> NextAsync(MultipartParts body, CancellationToken cancel)
    {
        try
        {
            return await body.NextAsync(cancel);
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw new ProblemException(ProblemKind.Invalid, "The body is not well-formed multipart/form-data, or ends too early.");
        }
    }

    private static async Task<string> ReadFieldAsync(MultipartParts body, string name, CancellationToken cancel)
    {
        await using var octets = new UploadStream(body, digests: false);
        var buffer = new byte[HttpLimits.FormField + 1];
        var length = await octets.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel);
        if (length > HttpLimits.FormField) throw new ProblemException(ProblemKind.TooLarge, $"{name}: A field has at most {HttpLimits.FormField} octets.");
        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    // RFC 7578 4.2: each part is form-data and has a name.
    private static string? Name(IReadOnlyList<string> header) =>
        header.FirstOrDefault(line => line.StartsWith(Disposition, StringComparison.OrdinalIgnoreCase)) is { } line
            && ContentDispositionHeaderValue.TryParse(line[Disposition.Length..], out var disposition) && disposition.DispositionType.Equals("form-data", StringComparison.OrdinalIgnoreCase)
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
