using System.Buffers.Text;
using System.Text.Json;
using Faxbot.Sdk;
using Faxbot.Server.Content;

namespace Faxbot.Server.Rendering;

/// <summary>
/// Addresses from which a provider can fetch one document for a while. The token is the sealed name of the content and its end: nothing is stored,
/// and nothing can be guessed or altered. Thread-safe.
/// </summary>
internal sealed class PublishedDocuments(SecretBox box, ContentStore content, TimeProvider time)
{
    public const string Path = "/documents/";

    // A provider fetches within minutes; one that is down for a day has lost the fax anyway.
    private static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(1);

    /// <summary>The address of a document.</summary>
    public Uri Publish(Uri gateway, string contentId, string mediaType, TimeSpan lifetime)
    {
        var until = time.GetUtcNow() + (lifetime < LongestLifetime ? lifetime : LongestLifetime);
        var ticket = JsonSerializer.SerializeToUtf8Bytes(new Ticket(contentId, mediaType, until), SdkJson.Options);
        return new Uri(gateway, Path + Base64Url.EncodeToString(box.Seal(ticket)));
    }

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Path + "{token}", FetchAsync).ExcludeFromDescription();

    private async Task<IResult> FetchAsync(string token, HttpContext http, CancellationToken cancel)
    {
        if (Read(token) is not { } ticket || ticket.Until <= time.GetUtcNow()) return TypedResults.NotFound();
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Stream(await content.OpenAsync(ticket.ContentId, cancel), ticket.MediaType);
    }

    private Ticket? Read(string token)
    {
        try
        {
            return JsonSerializer.Deserialize<Ticket>(box.Open(Base64Url.DecodeFromChars(token)), SdkJson.Options);
        }
        catch (Exception forged) when (forged is FormatException or ContentException or JsonException)
        {
            return null;
        }
    }

    private sealed record Ticket(string ContentId, string MediaType, DateTimeOffset Until);
}
