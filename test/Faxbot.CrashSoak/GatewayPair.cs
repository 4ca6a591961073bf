using Faxbot.Testing;
using Faxbot.Testing.Gateway;
using Faxbot.Testing.Peers;

namespace Faxbot.CrashSoak;

/// <summary>Two gateways on one PostgreSQL and one storage folder, which send to the same far end.</summary>
internal sealed class GatewayPair : IAsyncDisposable
{
    private readonly TempFolder _folder;
    private readonly PostgresServer _postgres;

    private GatewayPair(TempFolder folder, PostgresServer postgres, TrunkGateway first, GatewayProcess second)
    {
        (_folder, _postgres, First, Second) = (folder, postgres, first, second);
        ToSecond = second.Client(first.Process.FirstKey);
    }

    public TrunkGateway First { get; }

    public GatewayProcess Second { get; }

    /// <summary>A client of the second with the key of the first.</summary>
    public HttpClient ToSecond { get; }

    /// <summary>Starts them; pages take the time of a modem when <paramref name="isPaced"/>.</summary>
    public static async Task<GatewayPair> StartAsync(bool isPaced)
    {
        var folder = new TempFolder();
        var postgres = await PostgresServer.StartAsync();
        (string, string)[] shared =
        [
            ("FAXBOT_DATABASE", await postgres.CreateDatabaseAsync()),
            ("FAXBOT_STORAGE_FOLDER", folder.Of("content")),
            ("FAXBOT_STORAGE_KEY_RING", folder.Of("keys.json")),
        ];
        var first = await TrunkGateway.StartAsync(isPaced, null, shared);
        var environment = shared.ToDictionary(pair => pair.Item1, pair => (string?)pair.Item2);
        environment["FAXBOT_SIP_BIND"] = "127.0.0.1:0";
        // So that some of its faxes are called while others have not been drawn.
        environment["FAXBOT_LIMITS_MAX_RENDERS"] = "1";
        var second = await GatewayProcess.StartAsync(Directory.CreateDirectory(folder.Of("second")).FullName, environment);
        var pair = new GatewayPair(folder, postgres, first, second);
        await GatewayProcess.PluginAsync(pair.ToSecond, TrunkGateway.Plugin, status => status.GetProperty("state").GetString() == "running");
        return pair;
    }

    public async ValueTask DisposeAsync()
    {
        ToSecond.Dispose();
        await Second.DisposeAsync();
        await First.DisposeAsync();
        await _postgres.DisposeAsync();
        _folder.Dispose();
    }
}
