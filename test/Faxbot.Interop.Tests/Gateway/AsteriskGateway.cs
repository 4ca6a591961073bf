using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Faxbot.Testing;
using Faxbot.Testing.Asterisk;
using Faxbot.Testing.Gateway;

namespace Faxbot.Interop.Tests.Gateway;

/// <summary>
/// A gateway whose trunk goes over an Asterisk to another one, set up as an operator would: the files are written by the gateway, brought to Asterisk,
/// included there, and read by a reload.
/// </summary>
internal sealed class AsteriskGateway : IAsyncDisposable
{
    public const string Plugin = "faxbot-sip";
    private readonly TempFolder _data = new();
    private readonly TempFolder _handOver = new();
    private readonly Dictionary<string, string?> _environment;
    private readonly string[] _plugins;

    private AsteriskGateway(string[] plugins, AsteriskLab near, AsteriskLab far)
    {
        (_plugins, Near, Far) = (plugins, near, far);
        _environment = new Dictionary<string, string?>
        {
            ["FAXBOT_SIP_BIND"] = "127.0.0.1:0",
            ["FAXBOT_LIMITS_REQUESTS_PER_MINUTE"] = "1000000",
            ["FAXBOT_ASTERISK_SERVERS_0_NAME"] = "pbx",
            ["FAXBOT_ASTERISK_SERVERS_0_HOST"] = "127.0.0.1",
            ["FAXBOT_ASTERISK_SERVERS_0_PORT"] = near.AmiPort.ToString(CultureInfo.InvariantCulture),
            ["FAXBOT_ASTERISK_SERVERS_0_SECRET"] = "kept;secret",
            ["FAXBOT_ASTERISK_SERVERS_0_FOLDER"] = _handOver.FullPath,
        };
    }

    /// <summary>The Asterisk that the gateway controls.</summary>
    public AsteriskLab Near { get; }

    /// <summary>The far end.</summary>
    public AsteriskLab Far { get; }

    public GatewayProcess Process { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    /// <summary>What was answered when the files were written.</summary>
    public string Written { get; private set; } = "";

    private string[] HandedOver => Directory.GetFiles(_handOver.FullPath, "*", SearchOption.AllDirectories);

    /// <summary>Starts both Asterisks and the gateway, and brings them together.</summary>
    /// <param name="far">How the far end behaves.</param>
    /// <param name="plugins">Plugins whose trunk it is beside <see cref="Plugin"/>.</param>
    public static async Task<AsteriskGateway> StartAsync(AsteriskLabOptions? far = null, params string[] plugins)
    {
        await DebianPackages.EnsureAsync("poppler-utils", "fonts-dejavu-core");
        var gateway = new AsteriskGateway([Plugin, .. plugins], await AsteriskLab.StartAsync(), await AsteriskLab.StartAsync(far));
        try
        {
            gateway.Process = await GatewayProcess.StartAsync(gateway._data.FullPath, gateway._environment);
            gateway.Client = gateway.Process.Client();
            foreach (var plugin in gateway._plugins) await GatewayProcess.ConfigureAsync(gateway.Client, plugin, new { enabled = true, settings = gateway.Settings });
            await gateway.TellAsteriskAsync();
            await gateway.WhenHealthyAsync();
            return gateway;
        }
        catch
        {
            await gateway.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends a fax of two pages over the trunk.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> SendAsync(string number) =>
        (await GatewayProcess.SendAsync(Client, number, AsteriskLab.Sample("two-light-g4.tif"), new Dictionary<string, string> { ["plugin"] = Plugin })).GetProperty("id").GetString()!;

    /// <summary>The fax, once an attempt has ended.</summary>
    public Task<JsonElement> EndOfAsync(string id, TimeSpan limit) => GatewayProcess.WaitAsync(Client, id, fax => fax.TryGetProperty("outcome", out _), limit);

    /// <summary>Waits until no file is left in the hand-over folder: files go once it is on the disk what became of them.</summary>
    public Task WhenNothingIsHandedOverAsync(TimeSpan limit) =>
        Eventually.HoldsAsync(() => HandedOver.Length == 0, limit, () => $"Left in the hand-over folder: {string.Join(", ", HandedOver)}\n{Process.Log}");

    /// <summary>Starts it anew on what the one before left.</summary>
    public async Task RestartAsync()
    {
        var key = Process.FirstKey;
        Client.Dispose();
        Process = await GatewayProcess.StartAsync(_data.FullPath, _environment);
        Client = Process.Client(key);
        await WhenHealthyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (Process is not null) await Process.DisposeAsync();
        await Near.DisposeAsync();
        await Far.DisposeAsync();
        _handOver.Dispose();
        _data.Dispose();
    }

    private object Settings => new
    {
        host = "127.0.0.1",
        port = Far.SipPort,
        username = "someone",
        password = "semi;colon",
        line = "asterisk",
        inbound_networks = new[] { "127.0.0.1/32" },
        trunk = new { inbound = new { country = "1" } },
    };

    private async Task WhenHealthyAsync()
    {
        foreach (var plugin in _plugins) await GatewayProcess.PluginAsync(Client, plugin, status => status.GetProperty("is_healthy").GetBoolean());
    }

    private async Task TellAsteriskAsync()
    {
        using var response = await Client.PostAsJsonAsync("/asterisk/config", new { });
        Written = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode) throw new InvalidOperationException($"{(int)response.StatusCode}: {Written}");
        var folder = Path.Combine(Near.Folder, "etc");
        foreach (var file in JsonElement.Parse(Written).GetProperty("files").EnumerateArray())
        {
            var path = file.GetProperty("path").GetString()!;
            File.Copy(path, Path.Combine(folder, Path.GetFileName(path)));
            await File.AppendAllTextAsync(Path.Combine(folder, file.GetProperty("include_in").GetString()!), $"\n{file.GetProperty("include_line").GetString()}\n");
        }

        // The lab takes every call from the loopback for its own: here they are the trunk's.
        var pjsip = Path.Combine(folder, "pjsip.conf");
        await File.WriteAllTextAsync(pjsip, (await File.ReadAllTextAsync(pjsip)).Replace("match = 127.0.0.0/8", "match = 192.0.2.0/24", StringComparison.Ordinal));
        await Near.ReloadAsync();
    }
}
