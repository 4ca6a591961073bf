using System.Text.Json;
using System.Text.Json.Nodes;
using Faxbot.Testing;

namespace Faxbot.Server.Tests.Api;

public sealed class ApiDescriptionTests : EndpointTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task The_description_in_docs_is_what_the_gateway_gives()
    {
        using var anonymous = Gateway.Anonymous();
        var current = JsonNode.Parse(await anonymous.GetStringAsync("/openapi.json", Cancel))!.ToJsonString(Indented).ReplaceLineEndings("\n") + "\n";
        var kept = RepositoryRoot.Of("docs/api.json");
        var isSame = File.Exists(kept) && await File.ReadAllTextAsync(kept, Cancel) == current;

        // The new one is left beside the tests, to be looked at and put into its place.
        var written = Path.Combine(AppContext.BaseDirectory, "api.json");
        if (!isSame) await File.WriteAllTextAsync(written, current, Cancel);

        Assert.True(isSame, $"The API has changed. If that is meant: cp {written} {kept}");
    }

    [Fact]
    public async Task The_description_is_OpenAPI_3_1_and_names_scopes_and_bodies()
    {
        using var anonymous = Gateway.Anonymous();

        var api = JsonNode.Parse(await anonymous.GetStringAsync("/openapi.json", Cancel))!;

        Assert.StartsWith("3.1", (string)api["openapi"]!, StringComparison.Ordinal);
        var send = api["paths"]!["/fax"]!["post"]!;
        Assert.Equal("fax:send", (string)send["security"]![0]!["api-key"]![0]!);
        Assert.NotNull(send["requestBody"]!["content"]!["multipart/form-data"]);
        Assert.NotNull(send["responses"]!["202"]);
    }

    [Fact]
    public async Task The_page_needs_nothing_from_elsewhere()
    {
        using var anonymous = Gateway.Anonymous();
        anonymous.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        using var redirected = await anonymous.GetAsync("/docs", Cancel);

        var page = await anonymous.GetStringAsync(redirected.Headers.Location ?? new Uri("/docs", UriKind.Relative), Cancel);

        Assert.Contains("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("://cdn", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"http", page, StringComparison.Ordinal);
        Assert.DoesNotContain("fonts.", page, StringComparison.Ordinal);
    }
}
