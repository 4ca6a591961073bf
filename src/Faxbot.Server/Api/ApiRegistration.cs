using System.Text.Json;
using System.Text.Json.Serialization;
using Faxbot.Server.Admin;
using Faxbot.Server.Audit;
using Faxbot.Server.Content;
using Faxbot.Server.Faxes;
using Faxbot.Server.Health;
using Faxbot.Server.Inbound;
using Faxbot.Server.Jobs;
using Faxbot.Server.Keys;
using Faxbot.Server.Lines.Asterisk;
using Faxbot.Server.Lines.Media;
using Faxbot.Server.Messages;
using Faxbot.Server.Voice;
using Faxbot.Server.OptOuts;
using Faxbot.Server.Plugins;
using Faxbot.Server.Plugins.Install;
using Faxbot.Server.Webhooks;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Faxbot.Server.Api;

/// <summary>Puts the HTTP surface together.</summary>
internal static class ApiRegistration
{
    /// <summary>Needs the stores of jobs, contents, renderings and inbox, the plugins, <see cref="IInboundNotices"/>, <see cref="Configuration.MessageOptions"/> and the clock.</summary>
    internal static IServiceCollection AddApi(this IServiceCollection services, ApiOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<KeyStore>().AddSingleton<GatewaySecret>().AddSingleton<AuditLog>();
        services.AddSingleton<FaxUploadReader>().AddSingleton<FaxIntake>().AddSingleton<DocumentTokens>().AddSingleton<DocumentLinks>();
        services.AddSingleton<Readiness>().AddSingleton<IReadinessCheck, DatabaseCheck>().AddSingleton<IReadinessCheck, StorageCheck>();
        services.AddMessages();
        services.AddVoice();
        services.AddSingleton<ToldByProviders>();
        services.AddWebhooks();
        services.Configure<KestrelServerOptions>(HttpLimits.Configure);
        services.AddSingleton<IMemoryPoolFactory<byte>, ConnectionMemory>();
        services.Configure<RouteHandlerOptions>(handlers => handlers.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(json => Configure(json.SerializerOptions));
        services.AddExceptionHandler<ProblemHandler>().AddProblemDetails();
        services.AddRateLimiter(limiter => RateLimits.Configure(limiter, options));
        services.AddAuthentication(ApiKeyAuthentication.SchemeName).AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.SchemeName, null);
        services.AddAuthorization();
        services.AddApiDescription();
        return services;
    }

    /// <summary>Who asks is known before the limits are looked at, as each key has its own; what he may do is looked at last.</summary>
    internal static void MapApi(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages(bare => Problems.OfBare(bare.HttpContext.Response.StatusCode).ExecuteAsync(bare.HttpContext));
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.MapHealth();
        app.MapFaxes(app.Services.GetRequiredService<ApiOptions>());
        app.MapInbound();
        app.MapMessages();
        app.MapCalls();
        app.MapOptOuts();
        app.MapWebhookEndpoints();
        app.MapRoutes();
        app.MapMediaMemory();
        app.MapAsterisk();
        app.MapPlugins();
        app.MapPluginInstalls();
        app.MapProviderWebhooks();
        app.MapKeys();
        app.MapKeyRing();
        app.MapFaxJobs();
        app.MapAudit();
        app.MapSettings();
        app.MapApiDescription();
    }

    // As SdkJson.Options says it, on the options that the framework made; null is left out but where a client of old expects it.
    private static void Configure(JsonSerializerOptions json)
    {
        json.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        json.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        json.AllowDuplicateProperties = false;
        json.NumberHandling = JsonNumberHandling.Strict;
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
    }
}
