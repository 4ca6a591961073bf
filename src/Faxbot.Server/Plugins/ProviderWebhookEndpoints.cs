using Faxbot.Sdk.Webhooks;
using Faxbot.Server.Api;
using Microsoft.AspNetCore.Http.Extensions;

namespace Faxbot.Server.Plugins;

/// <summary>
/// Where providers tell what became of a fax or message, and that one came in: <c>/webhooks/{pluginId}</c>, and the addresses of old. The plugin checks the
/// signature; what it understood is stored before the answer goes out.
/// </summary>
internal static class ProviderWebhookEndpoints
{
    private static readonly string[] Methods = ["GET", "POST"];

    // The addresses that providers have on file from gateways of old, and the plugins that took their place.
    private static readonly (string Path, string PluginId)[] OfOld =
    [
        ("/phaxio-callback", "faxbot-phaxio-fax"), ("/phaxio-inbound", "faxbot-phaxio-fax"), ("/sinch-inbound", "faxbot-sinch-fax"), ("/signalwire-callback", "faxbot-signalwire-fax"),
    ];

    public static void MapProviderWebhooks(this IEndpointRouteBuilder routes)
    {
        var webhooks = routes.MapGroup("").WithTags("Webhooks of providers").WithMetadata(new BodyLimit(HttpLimits.ProviderWebhook));
        webhooks.MapMethods("/webhooks/{pluginId}/{**rest}", Methods, HandleAsync).WithSummary("A provider's request for that plugin, which checks its signature");
        foreach (var (path, pluginId) in OfOld)
        {
            webhooks.MapPost(path, (HttpContext http, PluginFleet fleet, ToldByProviders told) => HandleAsync(http, pluginId, fleet, told))
                .WithSummary($"The same for {pluginId}");
        }
    }

    private static async Task<IResult> HandleAsync(HttpContext http, string pluginId, PluginFleet fleet, ToldByProviders told)
    {
        if (fleet.List().All(plugin => plugin.Id != pluginId)) return Problems.Of(ProblemKind.NotFound, "There is no such plugin.");
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var request = new WebhookRequest
        {
            Method = http.Request.Method,
            Url = http.Request.GetEncodedUrl(),
            Headers = http.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => string.Join(',', header.Value.AsEnumerable())),
            Body = body.ToArray(),
        };
        var result = await fleet.HandleWebhookAsync(pluginId, request, http.RequestAborted);
        // From here on the provider's going does not matter: what it told is kept.
        await told.KeepAsync(pluginId, result, CancellationToken.None);
        return TypedResults.Text(result.Body, result.ContentType, statusCode: result.Status);
    }
}
