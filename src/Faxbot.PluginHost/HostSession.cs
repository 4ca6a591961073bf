using Faxbot.PluginHost.Calls;
using Faxbot.PluginHost.Context;
using Faxbot.PluginHost.Http;
using Faxbot.PluginHost.Loading;
using Faxbot.Sdk;
using Faxbot.Sdk.Context;
using Faxbot.Sdk.Manifests;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Wire;
using StreamJsonRpc;

namespace Faxbot.PluginHost;

/// <summary>
/// The conversation with the gateway, from <c>initialize</c> until the gateway closes standard input. Which methods there are is read from the
/// table of capability types; this class knows none of them by name but those that begin and end.
/// </summary>
internal sealed class HostSession : IAsyncDisposable
{
    private readonly string _folder;
    private readonly JsonRpc _rpc;
    private readonly Gateway _gateway;
    private readonly StandardErrorLogger _log = new(Console.Error);
    private readonly RemoteJobs _jobs;
    private Plugin? _plugin;

    public HostSession(string folder, Stream input, Stream output)
    {
        _folder = Path.GetFullPath(folder);
        _rpc = new GatewayRpc(new HeaderDelimitedMessageHandler(output, input, new SystemTextJsonFormatter { JsonSerializerOptions = SdkJson.Options }));
        _gateway = new Gateway(_rpc);
        _jobs = new RemoteJobs(_gateway, _log);
        _rpc.AddLocalRpcMethod(
            typeof(HostSession).GetMethod(nameof(Initialize))!, this, new JsonRpcMethodAttribute(WireMethods.Initialize) { UseSingleObjectParameterDeserialization = true });
        foreach (var method in WireMethods.OfEveryPlugin.Concat(CapabilityTypes.All.SelectMany(type => type.Capabilities)).DistinctBy(method => method.Name))
            new PluginMethod(method, () => _plugin, _log).AddTo(_rpc, method.Name == WireMethods.Stop ? _jobs.DrainAsync : null);
    }

    /// <summary>Answers until the gateway closes the input.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync()
    {
        _rpc.StartListening();
        try
        {
            await _rpc.Completion;
            return 0;
        }
        catch (Exception e) when (e is IOException or ConnectionLostException or BadRpcHeaderException or System.Text.Json.JsonException)
        {
            await Console.Error.WriteLineAsync($"error: The conversation with the gateway broke: {e.GetType().Name}.");
            return 1;
        }
    }

    /// <summary>Loads the plugin and gives it its context.</summary>
    public InitializeResult Initialize(InitializeRequest request)
    {
        if (_plugin is not null) throw Refused("It was initialized before.");
        if (!request.Contract.Holds(SdkContract.Version))
            throw Refused($"It speaks version {SdkContract.Version} of the contract, the gateway {request.Contract.Minimum} to {request.Contract.Maximum}.");
        try
        {
            var loaded = PackageLoader.Load(_folder);
            if (loaded.Manifest.Id != request.PluginId) throw new PackageRefusedException($"Its manifest says {loaded.Manifest.Id}, and {request.PluginId} was to be started.");
            loaded.Plugin.Attach(ContextFor(loaded.Manifest, request));
            _plugin = loaded.Plugin;
            return new InitializeResult { Contract = SdkContract.Version, Capabilities = loaded.Manifest.Capabilities };
        }
        catch (PackageRefusedException refused)
        {
            throw Refused(refused.Message);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _jobs.DrainAsync();
        _plugin?.Context.Http.Dispose();
        _rpc.Dispose();
    }

    private PluginContext ContextFor(PluginManifest manifest, InitializeRequest request) => new()
    {
        Manifest = manifest,
        Settings = request.Settings.Clone(),
        Documents = new RemoteDocuments(_gateway),
        Lines = new RemoteLines(_gateway),
        Jobs = _jobs,
        Http = PluginHttp.Create(manifest.AllowedHosts, _log),
        Logger = _log,
        Time = TimeProvider.System,
        Package = _folder,
        Folder = request.Folder,
        WebhookAddress = request.WebhookAddress,
    };

    private static LocalRpcException Refused(string message) => new(message) { ErrorCode = WireErrors.Refused };
}
