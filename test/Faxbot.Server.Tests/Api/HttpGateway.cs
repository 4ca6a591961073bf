using System.Net.Http.Headers;
using Faxbot.Server.Api;
using Faxbot.Server.Configuration;
using Faxbot.Server.Content;
using Faxbot.Server.Inbound;
using Faxbot.Server.Jobs;
using Faxbot.Server.Keys;
using Faxbot.Server.Lines;
using Faxbot.Server.Lines.Asterisk;
using Faxbot.Server.Lines.Media;
using Faxbot.Server.Plugins;
using Faxbot.Server.Plugins.Install;
using Faxbot.Server.Plugins.Packages;
using Faxbot.Server.Plugins.Processes;
using Faxbot.Server.Plugins.Settings;
using Faxbot.Server.Rendering;
using Faxbot.Server.Storage;
using Faxbot.Server.Tests.Outbox;
using Faxbot.Server.Tests.Plugins;
using Faxbot.Server.Webhooks;
using Faxbot.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Faxbot.Server.Tests.Api;

/// <summary>The HTTP surface on a real port, over SQLite and a content store in a folder of its own, in virtual time. Nobody dispatches what it accepts.</summary>
internal sealed class HttpGateway : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly WebApplication _app;

    private HttpGateway(ApiOptions options, Action<IServiceCollection>? change)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton(new Database(new DatabaseOptions { Sqlite = _folder.Of("faxbot.db") }))
            .AddSingleton(new StorageOptions { Folder = _folder.Of("contents"), KeyRing = KeyRing })
            .AddSingleton(new RetentionOptions())
            .AddSingleton(new WebhookOptions())
            .AddSingleton(GatewayOptionsReader.Read(null, new Dictionary<string, string> { ["HOME"] = _folder.FullPath }).Settings)
            .AddSingleton(new RetryPolicy())
            .AddSingleton<JobSignal>().AddSingleton<JobStore>().AddSingleton<JobQueue>().AddSingleton<AttemptLedger>().AddSingleton<RouteStore>()
            .AddSingleton<IJobBook>(provider => provider.GetRequiredService<JobStore>())
            .AddSingleton(new Faxbot.Server.Plugins.PluginOptions { Folder = _folder.Of("plugins"), BuiltInFolder = _folder.Of("built-in"), Times = PluginBench.Patient, Install = new InstallOptions { Sources = [Feed] } })
            .AddSingleton<ISettingsSeal, PluginBench.XorSeal>().AddSingleton<IPluginServices, RecordingServices>().AddSingleton<IInboundNotices>(Notices)
            .AddSingleton<PluginPackages>().AddSingleton<PluginSettings>().AddSingleton<PluginConfigs>().AddSingleton<PluginLauncher>().AddSingleton<PluginFleet>()
            .AddSingleton<MediaMemory>()
            .AddSingleton(Asterisk).AddSingleton(new AsteriskConfigFolder(_folder.Of("asterisk-config"))).AddSingleton<AsteriskConfigFiles>().AddSingleton<TrunkProfiles>()
            .AddSingleton<PackageFeeds>().AddSingleton<PluginInstaller>().AddSingleton<PluginRegistry>()
            .AddSingleton<IFaxBackends>(Backends).AddSingleton<IPluginBackends>(Messaging).AddSingleton(new MessageOptions { HelpReply = "Call us.", StopReply = "Bye.", StartReply = "Hello again." })
            .AddSingleton(new RenderingOptions { Folder = _folder.FullPath })
            .AddSingleton<FaxPreparer>().AddSingleton<PlainForms>().AddSingleton<PublishedDocuments>()
            .AddContent()
            .AddInbound()
            .AddApi(options)
            // Its time stands still.
            .AddSingleton(new WebhookPolicy { BetweenRounds = TimeSpan.Zero });
        change?.Invoke(builder.Services);
        _app = builder.Build();
        _app.MapApi();
        Get<PublishedDocuments>().Map(_app);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    public EnabledBackends Backends { get; } = new();

    public ScriptedPlugins Messaging { get; } = new();

    public KeptNotices Notices { get; } = new();

    /// <summary>Servers where nobody listens.</summary>
    public AsteriskOptions Asterisk { get; } = new()
    {
        Servers = [.. new[] { "pbx", "pbx-2" }.Select(name => new AsteriskServerOptions { Name = name, Host = "127.0.0.1", Port = 1, Secret = new SecretText("kept-secret"), Folder = "/srv/faxbot/" + name })],
    };

    public Uri Address => new(_app.Urls.Single());

    /// <summary>The folder of packages that plugins may be installed from.</summary>
    public string Feed => _folder.Of("feed");

    /// <summary>The folder of documents.</summary>
    public string Contents => _folder.Of("contents");

    /// <summary>The file of the keys.</summary>
    public string KeyRing => _folder.Of("keys.json");

    public static async Task<HttpGateway> StartAsync(ApiOptions? options = null, Action<IServiceCollection>? change = null)
    {
        var gateway = new HttpGateway(options ?? new ApiOptions { RequestsPerMinute = 100_000, AnonymousPerMinute = 100_000 }, change);
        await gateway.Get<Database>().MigrateAsync(CancellationToken.None);
        await gateway._app.StartAsync(CancellationToken.None);
        return gateway;
    }

    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>A client with a new key that has these scopes.</summary>
    public async Task<GatewayClient> ClientAsync(params string[] scopes)
    {
        var issued = await Get<KeyStore>().CreateAsync(new NewApiKey { Name = "test", Scopes = scopes }, CancellationToken.None);
        return new GatewayClient(Anonymous(), issued.Key.KeyId, issued.Token.Reveal());
    }

    /// <summary>Puts a folder of a plugin's files into its place; it is not enabled.</summary>
    public async Task InstallAsync(string source, string pluginId)
    {
        var target = Directory.CreateDirectory(Path.Combine(_folder.Of("plugins"), "packages", pluginId)).FullName;
        foreach (var file in Directory.EnumerateFiles(source)) File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        await Get<PluginFleet>().RescanAsync(CancellationToken.None);
    }

    /// <summary>A client without a key.</summary>
    public HttpClient Anonymous() => new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>Someone with a key.</summary>
internal sealed class GatewayClient : IDisposable
{
    public GatewayClient(HttpClient http, string keyId, string token)
    {
        (Http, KeyId, Token) = (http, keyId, token);
        http.DefaultRequestHeaders.Add("X-API-Key", token);
    }

    public HttpClient Http { get; }

    public string KeyId { get; }

    public string Token { get; }

    /// <summary>A request to send a small PDF, with these fields.</summary>
    public static MultipartFormDataContent Form(string to, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent { { new StringContent(to), "to" } };
        foreach (var (name, value) in fields) form.Add(new StringContent(value), name);
        var file = new ByteArrayContent("%PDF-1.4\n%%EOF\n"u8.ToArray());
        file.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
        form.Add(file, "file", "letter.pdf");
        return form;
    }

    public void Dispose() => Http.Dispose();
}
