using System.Text.Json.Nodes;
using Faxbot.Sdk.Faxes;
using Faxbot.Server.Plugins;
using Faxbot.Server.Plugins.Install;
using Faxbot.Server.Plugins.Settings;
using Faxbot.Testing.Plugins;

namespace Faxbot.Server.Tests.Plugins.Install;

/// <summary>Plugins that are stopped, each with a sentence that says why, while another goes on sending.</summary>
public sealed class RefusedPackageTests : IAsyncLifetime
{
    private const string Id = TestPackage.PluginId;
    private PluginBench _bench = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _bench = await PluginBench.RunAsync("none", PluginBench.Patient with { Start = TimeSpan.FromSeconds(20), Grace = TimeSpan.FromMilliseconds(100) }, new PluginLimits { FuseCrashes = 1 });

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Theory]
    [InlineData("Faxbot.TestPlugin.dll", "Faxbot.TestPlugin.dll was changed")]
    [InlineData("manifest.json", "manifest.json was changed")]
    [InlineData("extra.dll", "extra.dll was added")]
    [InlineData(null, "Faxbot.TestPlugin.dll is missing")]
    public async Task A_package_that_was_altered_on_disk_does_not_start(string? altered, string difference)
    {
        await InstallAsync(TestPackage.Of());
        Alter(altered);

        await EnableAsync("none");

        var status = await _bench.WhenAsync(status => status.State == PluginState.Fused, Id);
        Assert.Equal($"Its package was altered on disk: {difference}. It does not start; install it again: faxbot plugin install Faxbot.Packed --version 1.0.0", status.Reason);
        Assert.Contains(_bench.Log.Lines, line => line.Contains("1102", StringComparison.Ordinal) && line.Contains(difference, StringComparison.Ordinal));
        await OtherSendsAsync();
    }

    [Fact]
    public async Task An_altered_package_does_not_start_with_the_gateway_either_and_runs_again_when_it_was_installed_again()
    {
        await InstallAsync(TestPackage.Of());
        await EnableAsync("none");
        await _bench.WhenAsync(status => status.IsHealthy, Id);
        Alter("Faxbot.TestPlugin.dll");

        await _bench.Fleet.RescanAsync(Cancel);
        var stopped = await _bench.WhenAsync(status => status.State == PluginState.Stopped, Id);
        await _bench.Installer.InstallAsync(new InstallRequest { Id = TestPackage.Id, Version = "1.0.0" }, Cancel);

        Assert.Contains("Faxbot.TestPlugin.dll was changed", stopped.Reason, StringComparison.Ordinal);
        await _bench.WhenAsync(status => status.IsHealthy, Id);
        await OtherSendsAsync();
    }

    [Fact]
    public async Task A_version_that_was_altered_is_not_gone_back_to()
    {
        await InstallAsync(TestPackage.Of());
        Alter("manifest.json");
        await InstallAsync(TestPackage.Of("1.1.0"));

        var refused = await Assert.ThrowsAsync<PluginInstallException>(() => _bench.Installer.RollBackAsync(Id, Cancel));

        Assert.Equal("Version 1.0.0 was altered on disk (manifest.json was changed): install it again with its version number.", refused.Message);
    }

    [Fact]
    public async Task A_package_of_another_contract_is_not_installed()
    {
        var manifest = TestPackage.Manifest().Replace("\"version\": \"1.0.0\"", "\"sdk\": { \"minimum\": 7, \"maximum\": 8 }", StringComparison.Ordinal);
        TestPackage.WithoutManifest().With("manifest.json", manifest).WriteTo(_bench.FeedFolder);

        Assert.Contains("speaks the contract of version 7 to 8, and this gateway that of version 1", await RefusalAsync(), StringComparison.Ordinal);
        await OtherSendsAsync();
    }

    [Fact]
    public async Task A_package_for_another_library_of_the_contract_is_not_installed()
    {
        new NupkgFile(TestPackage.Id, "1.0.0").With("manifest.json", TestPackage.Manifest()).WithAssembly(TestPackage.Library).Needing("Faxbot.Sdk", "[9.0.0, )").WriteTo(_bench.FeedFolder);

        Assert.Contains("needs Faxbot.Sdk (>= 9.0.0), and this gateway has 0.1.0", await RefusalAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_package_with_a_wrong_manifest_or_none_or_of_another_type_is_not_installed()
    {
        TestPackage.WithoutManifest().WriteTo(_bench.FeedFolder);
        Assert.Contains("it has no manifest.json at its root", await RefusalAsync(), StringComparison.Ordinal);
        TestPackage.WithoutManifest().With("manifest.json", "{}").WriteTo(_bench.FeedFolder);
        Assert.Contains("$.id", await RefusalAsync(), StringComparison.Ordinal);
        TestPackage.Of().OfType("Dependency").WriteTo(_bench.FeedFolder);
        Assert.Contains("its package type is not FaxbotPlugin", await RefusalAsync(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_bench.Options.InstalledFolder));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_bench.Options.StagingFolder));
    }

    [Fact]
    public async Task A_plugin_that_never_answers_is_given_up()
    {
        await InstallAsync(TestPackage.Of());
        await EnableAsync("hang_at_start");

        var status = await _bench.WhenAsync(status => status.State == PluginState.Fused, Id);

        Assert.Contains("did not answer start within 20 s", status.Reason, StringComparison.Ordinal);
        await OtherSendsAsync();
    }

    [Fact]
    public async Task A_plugin_that_floods_its_log_is_cut_off()
    {
        await InstallAsync(TestPackage.Of());
        await EnableAsync("flood_log");
        await _bench.WhenAsync(status => status.IsHealthy, Id);

        await _bench.Backend(Id).GetStatusAsync(new FaxReference { JobId = "job", AttemptId = "attempt" }, Cancel);
        await _bench.PutAsync([], enabled: false, Id);
        await _bench.WhenAsync(status => status.State == PluginState.Stopped, Id);

        await OtherSendsAsync();
        await _bench.Fleet.DisposeAsync();
        Assert.Contains(_bench.Log.Lines, line => line == "Warning 1111 Plugin faxbot-packed writes too much: its log is cut off");
        Assert.InRange(_bench.Log.Lines.Count(line => line.Contains("of a flood", StringComparison.Ordinal)), 1, 2000);
    }

    [Fact]
    public async Task A_plugin_that_asks_for_a_host_that_it_did_not_declare_gets_no_answer()
    {
        await InstallAsync(TestPackage.Of());
        await EnableAsync("reach_elsewhere");
        await _bench.WhenAsync(status => status.IsHealthy, Id);

        var failure = await Assert.ThrowsAsync<PluginFailureException>(() => _bench.Backend(Id).SendFaxAsync(PluginBench.Fax, Cancel));

        Assert.Equal("elsewhere.example.org is not one of the manifest's allowed_hosts.", failure.Message);
        await OtherSendsAsync();
        await _bench.Fleet.DisposeAsync();
        Assert.Contains(_bench.Log.Lines, line => line.StartsWith("Warning 1110 Plugin faxbot-packed: It asked for elsewhere.example.org", StringComparison.Ordinal));
    }

    private async Task InstallAsync(NupkgFile package)
    {
        package.WriteTo(_bench.FeedFolder);
        await _bench.Installer.InstallAsync(new InstallRequest { Id = TestPackage.Id }, Cancel);
    }

    private Task<PluginConfigAnswer> EnableAsync(string behaviour) => _bench.PutAsync(new JsonObject { ["behaviour"] = behaviour }, id: Id);

    private async Task<string> RefusalAsync() =>
        (await Assert.ThrowsAsync<PluginInstallException>(() => _bench.Installer.InstallAsync(new InstallRequest { Id = TestPackage.Id }, Cancel))).Message;

    private async Task OtherSendsAsync() => Assert.Equal("attempt", (await _bench.Backend().SendFaxAsync(PluginBench.Fax, Cancel)).ProviderId);

    private void Alter(string? file)
    {
        var folder = _bench.Options.InstalledVersionFolder(Id, "1.0.0");
        if (file is null) File.Delete(Path.Combine(folder, "Faxbot.TestPlugin.dll"));
        else File.AppendAllText(Path.Combine(folder, file), " ");
    }
}
