using System.Net;
using Faxbot.Server.Configuration;
using Faxbot.Server.Keys;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Faxbot.Server.Telemetry;

/// <summary>OpenTelemetry: metrics for Prometheus, and metrics and traces over OTLP where that is configured.</summary>
internal static class TelemetryRegistration
{
    // Of the framework's meters those that tell of requests and connections: others count each block of memory that a request takes.
    private static readonly string[] OfFramework = ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Diagnostics"];

    public static IServiceCollection AddTelemetry(this IServiceCollection services, MetricsOptions options)
    {
        if (!options.Enabled && options.OtlpEndpoint is null) return services;
        services.AddOpenTelemetry()
            .WithMetrics(metrics =>
            {
                metrics.AddMeter([GatewayMeter.Name, .. OfFramework]);
                if (options.Enabled) metrics.AddPrometheusExporter();
                if (options.OtlpEndpoint is { } endpoint) metrics.AddOtlpExporter(otlp => Configure(otlp, endpoint));
            })
            .WithTracing(traces =>
            {
                if (options.OtlpEndpoint is not { } endpoint) return;
                // Of requests, paths with tokens and numbers in queries are told to nobody; the route says what was asked for.
                traces.AddSource(GatewayMeter.Name).AddAspNetCoreInstrumentation(
                    http => http.EnrichWithHttpRequest = (activity, _) => activity.SetTag("url.query", null).SetTag("url.path", null));
                traces.AddOtlpExporter(otlp => Configure(otlp, endpoint));
            });
        return services;
    }

    public static void MapTelemetry(this WebApplication app, MetricsOptions options)
    {
        if (options.Enabled) MapPage(app, options);
    }

    // A listening address of its own keeps the page from whoever reaches the API; on the other, neighbours and keys may read it.
    private static void MapPage(WebApplication app, MetricsOptions options)
    {
        var page = app.MapPrometheusScrapingEndpoint("/metrics").WithMetadata(new RequiredScope(Scopes.MetricsRead));
        page.RequireAuthorization(policy => policy
            .AddAuthenticationSchemes(ApiKeyAuthentication.SchemeName)
            .RequireAssertion(context => context.Resource is HttpContext http
                && (IsOpenTo(options, http.Connection.RemoteIpAddress) || http.Features.Get<Caller>()?.May(Scopes.MetricsRead) == true)));
        if (options.Listen is { } own) page.RequireHost($"*:{own.Port}");
    }

    private static bool IsOpenTo(MetricsOptions options, IPAddress? client)
    {
        // As a socket for both families tells an IPv4 client.
        if (client is { IsIPv4MappedToIPv6: true }) client = client.MapToIPv4();
        return client is not null && options.OpenTo.Any(network => network.Contains(client));
    }

    private static void Configure(OtlpExporterOptions otlp, Uri endpoint) => otlp.Endpoint = endpoint;
}
