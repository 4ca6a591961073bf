using System.Text;
using Faxbot.Testing;
using Faxbot.Testing.Gateway;
using Faxbot.Testing.Plugins;
using Faxbot.Testing.Processes;

namespace Faxbot.Interop.Tests.Gateway;

/// <summary>From a package in a folder to a fax, by the commands of a user; the far end is the gateway's sandbox.</summary>
public sealed class PluginInstallTests : IAsyncLifetime
{
    private static readonly string Letter = RepositoryRoot.Of("samples", "letter.pdf");
    private readonly TempFolder _folder = new();
    private GatewayProcess _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        await DebianPackages.EnsureAsync("poppler-utils", "fonts-dejavu-core");
        PackOfCode().WriteTo(_folder.Of("feed"));
        PackOfProfile().WriteTo(_folder.Of("feed"));
        _gateway = await GatewayProcess.StartAsync(
            Directory.CreateDirectory(_folder.Of("gateway")).FullName,
            new Dictionary<string, string?> { ["FAXBOT_PLUGINS_SOURCES"] = _folder.Of("feed"), ["FAXBOT_SIP_BIND"] = "127.0.0.1:0" });
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_plugin_is_installed_set_by_options_and_sends()
    {
        Assert.Contains("Faxbot.Sip.Packed", await RunAsync("plugin", "search", "packed"), StringComparison.Ordinal);
        Assert.Contains("installed faxbot-packed 3.2.1", await RunAsync("plugin", "install", "Faxbot.Sip.Packed"), StringComparison.Ordinal);

        var configured = await RunAsync(
            "plugin", "configure", "faxbot-packed", "--set", "host=sandbox.localhost", "--set", "trunk.t38.paced=false", "--set", "trunk.t38.max_datagram=1400", "--enable");

        Assert.Contains("it could work", configured, StringComparison.Ordinal);
        Assert.Contains("faxbot-packed runs", configured, StringComparison.Ordinal);
        await SendAsync("faxbot-packed");
    }

    [Fact]
    public async Task A_package_without_code_is_installed_asks_for_its_settings_and_sends_after_a_restart_too()
    {
        var key = _gateway.FirstKey!;
        await RunAsync("plugin", "install", "Faxbot.Sip.Profile", "--version", "1.0.0", "--source", _folder.Of("feed"));

        var asked = await AnswerAsync("sandbox.localhost\ns3cret-word\n\n", "plugin", "configure", "faxbot-profile");
        await SendAsync("faxbot-profile");
        await _gateway.StopAsync();
        await _gateway.DisposeAsync();
        _gateway = await GatewayProcess.StartAsync(_folder.Of("gateway"), new Dictionary<string, string?> { ["FAXBOT_SIP_BIND"] = "127.0.0.1:0" }, TestContext.Current.CancellationToken);

        Assert.Contains("host (Host of the trunk): ", asked, StringComparison.Ordinal);
        Assert.Contains("faxbot-profile runs", asked, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret-word", asked + await RunWithAsync(key, "plugin", "show", "faxbot-profile"), StringComparison.Ordinal);
        await GatewayProcess.PluginAsync(_gateway.Client(key), "faxbot-profile", status => status.GetProperty("state").GetString() == "running");
    }

    private static NupkgFile PackOfCode()
    {
        var built = RepositoryRoot.Of("plugins", "Faxbot.Sip.Trunk", "bin", AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug", "net10.0");
        var manifest = File.ReadAllText(Path.Combine(built, "manifest.json")).Replace("\"faxbot-sip\"", "\"faxbot-packed\"", StringComparison.Ordinal);
        return new NupkgFile("Faxbot.Sip.Packed", "3.2.1").With("manifest.json", manifest)
            .With("trunks/other.json", File.ReadAllText(Path.Combine(built, "trunks", "other.json")))
            .WithAssembly(Path.Combine(built, "Faxbot.Sip.Trunk.dll")).Needing("Faxbot.Sdk", "0.1.0");
    }

    private static NupkgFile PackOfProfile() => new NupkgFile("Faxbot.Sip.Profile", "1.0.0")
        .With(
            "manifest.json",
            """
            { "id": "faxbot-profile", "name": "A trunk without code", "categories": ["outbound"], "capabilities": ["send_fax", "get_status", "cancel_fax"],
              "config_schema": { "type": "object", "required": ["host"], "additionalProperties": false, "properties": {
                "host": { "type": "string", "description": "Host of the trunk." },
                "password": { "type": "string", "secret": true } } } }
            """)
        .With("trunk.json", """{ "servers": [{ "host": "{host}" }], "t38": { "paced": false, "max_datagram": 1400 } }""");

    private async Task SendAsync(string plugin)
    {
        await RunAsync("plugin", "disable", "faxbot-sandbox");

        var sent = await RunAsync("send", Letter, "--to", "+15550100100");

        Assert.Contains("delivered 3 of 3 pages", sent, StringComparison.Ordinal);
        var fax = sent.Split("accepted as ")[1].Split([' ', '\n', ',', ':'])[0];
        Assert.Contains($"attempt 1 by {plugin}", await RunAsync("status", fax), StringComparison.Ordinal);
    }

    private Task<string> RunAsync(params string[] arguments) => RunFullyAsync(null, _gateway.FirstKey!, arguments);

    private Task<string> AnswerAsync(string answers, params string[] arguments) => RunFullyAsync(answers, _gateway.FirstKey!, arguments);

    private Task<string> RunWithAsync(string key, params string[] arguments) => RunFullyAsync(null, key, arguments);

    private async Task<string> RunFullyAsync(string? input, string key, string[] arguments)
    {
        var result = await ProcessRunner.RunAsync(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "faxbot.dll"), .. arguments, "--gateway", _gateway.Address.ToString(), "--key", key],
            new ProcessOptions { Timeout = TimeSpan.FromMinutes(3), Input = input is null ? null : Encoding.UTF8.GetBytes(input), WorkingFolder = _folder.FullPath });
        Assert.True(result.ExitCode == 0, result.ToString());
        return result.Output;
    }
}
