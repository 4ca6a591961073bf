using System.Text.Json.Nodes;
using Faxbot.Server.Plugins.Install;
using Faxbot.Server.Plugins.Settings;
using Faxbot.Testing;

namespace Faxbot.Server.Tests.Plugins.Install;

/// <summary>The packages of this repository, as a build leaves them, from the feed to a call over the provider's trunk.</summary>
public sealed class ProviderPackageInstallTests : IAsyncLifetime
{
    private PluginBench _bench = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bench = await PluginBench.OpenAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Theory]
    [InlineData("Faxbot.Sip.Bandwidth", "faxbot-sip-bandwidth", """{ "sbc_primary": "192.0.2.1" }""", "192.0.2.1")]
    [InlineData("Faxbot.Sip.Flowroute", "faxbot-sip-flowroute", """{ "tech_prefix": "12345678" }""", "sip.flowroute.com")]
    [InlineData("Faxbot.Sip.Telnyx", "faxbot-sip-telnyx", """{ "server": "sip-eu.telnyx.com" }""", "sip-eu.telnyx.com")]
    [InlineData("Faxbot.Sip.Voxbone", "faxbot-sip-voxbone", """{ "host": "sip.example.net" }""", "sip.example.net")]
    [InlineData("Faxbot.Twilio.Fax", "faxbot-twilio-fax", """{ "trunk_name": "acme" }""", "acme.pstn.twilio.com")]
    public async Task Is_installed_from_a_folder_and_calls_its_trunk(string package, string id, string settings, string host)
    {
        foreach (var built in Directory.EnumerateFiles(RepositoryRoot.Of("artifacts", "plugins"), $"{package}.*.nupkg"))
            File.Copy(built, Path.Combine(_bench.FeedFolder, Path.GetFileName(built)));

        Assert.Equal(id, await _bench.Installer.InstallAsync(new InstallRequest { Id = package }, Cancel));
        Assert.Equal(PluginConfigAnswerKind.Saved, (await _bench.PutAsync(JsonNode.Parse(settings)!.AsObject(), id: id)).Kind);
        await _bench.WhenAsync(status => status.IsHealthy, id);
        await _bench.Backend(id).SendFaxAsync(PluginBench.Fax, Cancel);

        Assert.StartsWith($"{id} tiff", await _bench.Services.NextAsync(), StringComparison.Ordinal);
        Assert.Equal($"{id} call {host} document-tiff attempt", await _bench.Services.NextAsync());
    }
}
