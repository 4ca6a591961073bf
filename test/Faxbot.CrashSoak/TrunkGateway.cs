using System.Globalization;
using System.Text.Json;
using Faxbot.Testing;
using Faxbot.Testing.Gateway;

namespace Faxbot.CrashSoak;

/// <summary>A gateway in a process of its own that sends to a <see cref="FarTrunk"/> in this one.</summary>
internal sealed class TrunkGateway : IAsyncDisposable
{
    public const string Plugin = "faxbot-sip";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private TrunkGateway(TempFolder folder, GatewayProcess process, FarTrunk trunk)
    {
        (Folder, Process, Trunk) = (folder, process, trunk);
        Client = process.Client();
    }

    public TempFolder Folder { get; }

    public GatewayProcess Process { get; }

    public FarTrunk Trunk { get; }

    public HttpClient Client { get; }

    /// <summary>The most memory that the gateway's process ever took, in octets.</summary>
    public long PeakMemory => 1024 * long.Parse(
        File.ReadLines($"/proc/{Process.Id}/status").Single(line => line.StartsWith("VmHWM", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);

    /// <summary>Starts one.</summary>
    /// <param name="isPaced">Whether pages take the time that a modem needs, so that a call can be met in the middle.</param>
    /// <param name="dataFolder">Where it keeps everything; a folder of its own when null.</param>
    /// <param name="settings">Configuration beyond that.</param>
    public static async Task<TrunkGateway> StartAsync(bool isPaced, string? dataFolder = null, params (string Name, string Value)[] settings)
    {
        await DebianPackages.EnsureAsync("poppler-utils", "fonts-dejavu-core");
        var folder = new TempFolder();
        var environment = settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value);
        environment["FAXBOT_SIP_BIND"] = "127.0.0.1:0";
        environment["FAXBOT_LIMITS_REQUESTS_PER_MINUTE"] = "1000000";
        var process = await GatewayProcess.StartAsync(dataFolder ?? folder.FullPath, environment);
        var gateway = new TrunkGateway(folder, process, new FarTrunk());
        await GatewayProcess.ConfigureAsync(gateway.Client, "faxbot-sandbox", new { enabled = false });
        await GatewayProcess.ConfigureAsync(gateway.Client, Plugin, new { enabled = true, settings = gateway.Trunk.Settings(isPaced) });
        return gateway;
    }

    /// <summary>Sends a letter and gives the id of the fax.</summary>
    public Task<string> SendAsync(string number, int pages) => SendAsync(Client, number, pages);

    /// <summary>As the other, by a client of any gateway.</summary>
    public static async Task<string> SendAsync(HttpClient client, string number, int pages)
    {
        using var folder = new TempFolder();
        return (await GatewayProcess.SendAsync(client, number, SampleLetter.Write(folder.Of("letter.pdf"), pages))).GetProperty("id").GetString()!;
    }

    /// <summary>Waits until a fax is in one of these states.</summary>
    public Task<JsonElement> WaitAsync(string id, params string[] states) =>
        GatewayProcess.WaitAsync(Client, id, fax => states.Contains(fax.GetProperty("state").GetString()), Patience);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Process.DisposeAsync();
        await Trunk.DisposeAsync();
        Folder.Dispose();
    }
}
