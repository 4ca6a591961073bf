using Faxbot.Documents;
using Faxbot.Server.Api;
using Faxbot.Server.Configuration;
using Faxbot.Server.Content;
using Faxbot.Server.Health;
using Faxbot.Server.Inbound;
using Faxbot.Server.Jobs;
using Faxbot.Server.Keys;
using Faxbot.Server.Lines;
using Faxbot.Server.Messages;
using Faxbot.Server.Outbox;
using Faxbot.Server.Plugins;
using Faxbot.Server.Plugins.Install;
using Faxbot.Server.Plugins.Settings;
using Faxbot.Server.Rendering;
using Faxbot.Server.Storage;
using Faxbot.Server.Telemetry;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Faxbot.Server.Startup;

/// <summary>Puts the gateway together from its options.</summary>
internal static class GatewayHost
{
    /// <summary>Builds it; nothing runs yet.</summary>
    public static WebApplication Build(ConfigurationReading reading)
    {
        var options = reading.Options!;
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        Log(builder.Logging, options.Log);
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, options));
        builder.Services
            .AddSingleton(TimeProvider.System)
            .AddSingleton(new Database(options.Database))
            .AddSingleton(options.Storage).AddSingleton(options.Retention).AddSingleton(options.Webhooks).AddSingleton(options.Messages)
            .AddSingleton<IReadOnlyList<EffectiveSetting>>(reading.Settings)
            .AddInbound()
            .AddContent()
            .AddRendering(Drawing(options))
            // In this order they start; they stop the other way round, so that calls outlive those who ask for them.
            .AddLines(options.Sip, options.Asterisk, options.DataFolder, options.PublicAddress)
            .AddSingleton<ISettingsSeal, SettingsSeal>()
            .AddSingleton(Plugins(options))
            .AddPlugins()
            .AddJobs(options.Retry, options.QuietHours, options.Limits)
            .AddInboundFetch()
            .AddOutboxDispatch()
            .AddMessageFetch()
            .AddTelemetry(options.Metrics)
            .AddHostedService<StartGarbage>()
            .AddSingleton<IReadinessCheck, RendererCheck>()
            .AddApi(ApiOptions.Of(options));
        builder.Services.AddOptions<HostOptions>().Configure<DispatchOptions, OutboxWork, SipOptions>((host, faxes, outbox, sip) => host.ShutdownTimeout = StopsWithin(faxes, outbox, sip));
        var app = builder.Build();
        if (options.Proxies.Trusted.Count > 0) app.UseForwardedHeaders(Forwarded(options.Proxies));
        app.MapApi();
        app.Services.GetRequiredService<PublishedDocuments>().Map(app);
        app.MapTelemetry(options.Metrics);
        return app;
    }

    // What waits when a gateway stops waits one after the other: faxes, the outbox, voice calls, fax calls; the rest is to write down what became of them.
    private static TimeSpan StopsWithin(DispatchOptions faxes, OutboxWork outbox, SipOptions sip) =>
        faxes.Drain + outbox.Drain + 2 * sip.StopPatience + TimeSpan.FromSeconds(30);

    /// <summary>Brings the rows up to date, makes the first key where there is none, starts, and says where it listens.</summary>
    public static async Task StartAsync(WebApplication app, GatewayOptions options, TextWriter output)
    {
        await app.Services.GetRequiredService<Database>().MigrateAsync(CancellationToken.None);
        var first = await FirstKey.MakeAsync(app.Services.GetRequiredService<KeyStore>(), options.DataFolder, new Uri($"http://{options.Listen}"), CancellationToken.None);
        await app.StartAsync();
        var address = new Uri(app.Urls.First());
        new LocalAccess(address, LocalAccess.Read(options.DataFolder)?.Key).Write(options.DataFolder);
        if (first is { } token)
        {
            await output.WriteLineAsync($"The first API key, shown until it is used: {token.Reveal()}");
            await output.WriteLineAsync($"Try: curl -H 'X-API-Key: {token.Reveal()}' -F to=+15550100100 -F file=@letter.pdf {address}fax");
        }

        await output.WriteLineAsync($"Faxbot listens on {address} (API: {address}docs)");
        await output.FlushAsync();
    }

    private static void Log(ILoggingBuilder logging, LogOptions options)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(options.Level);
        // The framework tells each request twice, with its path: tokens are in some.
        logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning).AddFilter("Polly", LogLevel.Warning);
        if (options.Format == LogFormat.Json) logging.AddJsonConsole(json => json.UseUtcTimestamp = true);
        else logging.AddSimpleConsole(text => (text.SingleLine, text.TimestampFormat) = (true, "yyyy-MM-dd HH:mm:ss.fff "));
    }

    private static void Listen(KestrelServerOptions kestrel, GatewayOptions options)
    {
        kestrel.Listen(options.Listen);
        if (options.Metrics is { Enabled: true, Listen: { } own } && !own.Equals(options.Listen)) kestrel.Listen(own);
    }

    private static RenderingOptions Drawing(GatewayOptions options) => new()
    {
        Header = options.Fax.Header.IsOn ? options.Fax.Header.Text ?? "" : null,
        Paper = options.Fax.Paper,
        Limits = new RenderLimits
        {
            InputOctets = options.Documents.MaxSize.Octets,
            Pages = options.Documents.MaxPages,
            WallTime = options.Documents.MaxTime,
            ProcessorTime = options.Documents.MaxTime,
        },
        Folder = Path.Combine(options.DataFolder, "work"),
    };

    private static Plugins.PluginOptions Plugins(GatewayOptions options) => new()
    {
        Folder = options.Plugins.Folder,
        LockPath = Path.Combine(options.DataFolder, "plugins.lock.json"),
        Install = new InstallOptions
        {
            Sources = options.Plugins.Sources,
            Credentials = options.Plugins.FeedCredentials,
            RequireSignature = options.Plugins.RequireSignature,
            TrustedSigners = options.Plugins.TrustedSigners,
            Limits = new PackageLimits { Package = options.Plugins.MaxPackage.Octets, Unpacked = options.Plugins.MaxUnpacked.Octets, Files = options.Plugins.MaxFiles },
        },
        PublicAddress = options.PublicAddress,
        EnabledAtFirst = [RouteChoice.Sandbox],
    };

    private static ForwardedHeadersOptions Forwarded(ProxyOptions proxies)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in proxies.Trusted) options.KnownIPNetworks.Add(network);
        return options;
    }
}
