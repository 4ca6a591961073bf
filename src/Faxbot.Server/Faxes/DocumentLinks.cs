using Faxbot.Server.Api;

namespace Faxbot.Server.Faxes;

/// <summary>Addresses at which a document can be read for a while without a key.</summary>
internal sealed class DocumentLinks(DocumentTokens tokens, ApiOptions options)
{
    /// <summary>The fax, with the address of its document.</summary>
    public async Task<FaxView> AddAsync(FaxView fax, HttpContext http) =>
        fax with { DocumentUrl = (await CreateAsync(DocumentTokens.FaxPdf, fax.Id, $"/fax/{fax.Id}/pdf", http)).Url };

    /// <summary>A token, and the whole address with it.</summary>
    public async Task<(string Token, string Url)> CreateAsync(string purpose, string id, string path, HttpContext http)
    {
        var token = await tokens.CreateAsync(purpose, id, options.DocumentLinkLifetime, http.RequestAborted);
        var gateway = options.PublicAddress?.GetLeftPart(UriPartial.Path).TrimEnd('/') ?? $"{http.Request.Scheme}://{http.Request.Host}";
        return (token, $"{gateway}{path}?token={token}");
    }
}
