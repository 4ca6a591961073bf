using System.Text.Json.Nodes;
using Faxbot.Server.Plugins;
using Faxbot.Server.Plugins.Install;
using Faxbot.Server.Plugins.Packages;
using Faxbot.Testing.Plugins;

namespace Faxbot.Server.Tests.Plugins.Install;

/// <summary>From a package in a folder to a plugin that runs, to the next version and back. There is no network.</summary>
public sealed class PluginInstallerTests : IAsyncLifetime
{
    private static readonly JsonObject Quiet = new() { ["behaviour"] = "none" };
    private PluginBench _bench = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private PluginLock Lock => PluginLock.Read(_bench.Options.LockFile);

    private PluginView View => _bench.Fleet.Describe(TestPackage.PluginId)!;

    public async ValueTask InitializeAsync() => _bench = await PluginBench.OpenAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task A_package_in_a_folder_becomes_a_plugin_that_sends()
    {
        TestPackage.Of().WriteTo(_bench.FeedFolder);

        Assert.Equal(TestPackage.PluginId, await InstallAsync());
        Assert.Equal((PluginState.Stopped, "It is not enabled."), (View.Status.State, View.Status.Reason));
        await EnableAsync();

        Assert.Equal("attempt", (await _bench.Backend(TestPackage.PluginId).SendFaxAsync(PluginBench.Fax, Cancel)).ProviderId);
        Assert.Equal(("1.0.0", TestPackage.Id, _bench.FeedFolder), (View.Version, View.Package, View.Source));
        var locked = Lock.Plugins[TestPackage.PluginId].Versions["1.0.0"];
        Assert.Equal(["Faxbot.TestPlugin.dll", "manifest.json"], locked.Files.Keys);
        Assert.Equal((PackageDigest.Of(_bench.Options.InstalledVersionFolder(TestPackage.PluginId, "1.0.0")), 128, null), (locked.FilesSha512, locked.Sha512.Length, locked.Signer));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_bench.Options.StagingFolder));
    }

    [Fact]
    public async Task The_newest_release_is_taken_where_no_version_is_named()
    {
        foreach (var version in (string[])["1.0.0", "1.10.0", "1.9.0", "2.0.0-beta"]) TestPackage.Of(version).WriteTo(_bench.FeedFolder);

        await InstallAsync();

        Assert.Equal("1.10.0", View.Version);
    }

    [Fact]
    public async Task An_upgrade_and_the_way_back_change_which_version_runs_and_a_fax_under_way_ends_with_its_own()
    {
        TestPackage.Of().WriteTo(_bench.FeedFolder);
        await InstallAsync();
        await EnableAsync();
        var began = _bench.Backend(TestPackage.PluginId);
        TestPackage.Of("1.1.0").WriteTo(_bench.FeedFolder);

        Assert.True(await _bench.Installer.UpgradeAsync(TestPackage.PluginId, null, null, Cancel));
        await _bench.WhenAsync(status => status is { IsHealthy: true, Running.Version: "1.1.0" }, TestPackage.PluginId);
        Assert.Equal(("1.0.0", "1.1.0", "1.0.0"), (began.Pin.Version, View.Version, View.Previous));
        Assert.False(await _bench.Installer.UpgradeAsync(TestPackage.PluginId, null, null, Cancel));

        await _bench.Installer.RollBackAsync(TestPackage.PluginId, Cancel);
        await _bench.WhenAsync(status => status is { IsHealthy: true, Running.Version: "1.0.0" }, TestPackage.PluginId);
        Assert.Equal(("1.0.0", "1.1.0"), (View.Version, View.Previous));
    }

    [Fact]
    public async Task A_process_that_is_replaced_answers_what_it_was_asked_before_it_ends()
    {
        TestPackage.Of().WriteTo(_bench.FeedFolder);
        await InstallAsync();
        await EnableAsync(new JsonObject { ["behaviour"] = "give_up_in_send" });
        using var giveUp = new CancellationTokenSource();
        var sending = _bench.Backend(TestPackage.PluginId).SendFaxAsync(PluginBench.Fax, giveUp.Token);
        await _bench.Services.NextAsync();
        TestPackage.Of("1.1.0").WriteTo(_bench.FeedFolder);

        await _bench.Installer.UpgradeAsync(TestPackage.PluginId, null, null, Cancel);
        await _bench.WhenAsync(status => status is { IsHealthy: true, Running.Version: "1.1.0" }, TestPackage.PluginId);

        Assert.False(sending.IsCompleted);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Fact]
    public async Task A_version_that_does_not_start_leaves_the_one_that_runs_in_its_place()
    {
        TestPackage.Of().WriteTo(_bench.FeedFolder);
        await InstallAsync();
        await EnableAsync();
        new NupkgFile(TestPackage.Id, "1.1.0").With("manifest.json", TestPackage.Manifest()).WithAssembly(TestPackage.Library).WriteTo(_bench.FeedFolder);

        await _bench.Installer.UpgradeAsync(TestPackage.PluginId, null, null, Cancel);

        var status = await _bench.WhenAsync(status => status.Reason.Contains("does not start", StringComparison.Ordinal), TestPackage.PluginId);
        Assert.Equal((PluginState.Running, "1.0.0"), (status.State, status.Running!.Version));
    }

    [Fact]
    public async Task What_is_uninstalled_ends_and_its_files_go()
    {
        TestPackage.Of().WriteTo(_bench.FeedFolder);
        await InstallAsync();
        await EnableAsync();

        await _bench.Installer.UninstallAsync(TestPackage.PluginId, Cancel);
        await _bench.WhenAsync(status => status.State == PluginState.Stopped, TestPackage.PluginId);
        await _bench.Installer.RemovalsAsync();

        Assert.Null(_bench.Fleet.Describe(TestPackage.PluginId));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_bench.Options.InstalledFolder));
        Assert.Equal(InstallFailure.NotFound, (await FailsAsync(() => _bench.Installer.UninstallAsync(TestPackage.PluginId, Cancel))).Failure);
    }

    [Fact]
    public async Task Another_source_than_those_that_are_listed_is_refused_by_the_name_of_the_setting()
    {
        var refused = await FailsAsync(() => InstallAsync(source: "https://feed.example.com/v3/index.json"));

        Assert.Equal(InstallFailure.NotListed, refused.Failure);
        Assert.Contains("plugins.sources", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feed_that_cannot_be_reached_is_told_and_what_is_installed_goes_on()
    {
        await using var bench = await PluginBench.OpenAsync(install: new InstallOptions { Sources = ["http://127.0.0.1:1/v3/index.json"] });
        TestPackage.Of().WriteTo(bench.FeedFolder);
        await bench.Installer.InstallAsync(new InstallRequest { Id = TestPackage.Id }, Cancel);

        var missing = await FailsAsync(() => bench.Installer.InstallAsync(new InstallRequest { Id = "Faxbot.Elsewhere" }, Cancel));

        Assert.Equal(InstallFailure.Unreachable, missing.Failure);
        Assert.StartsWith("The feed http://127.0.0.1:1/v3/index.json cannot be used:", missing.Message, StringComparison.Ordinal);
        Assert.Equal("1.0.0", bench.Fleet.Describe(TestPackage.PluginId)!.Version);
    }

    [Fact]
    public async Task A_package_of_nothing_but_a_manifest_and_a_trunk_is_taken_and_one_with_nothing_to_run_is_not()
    {
        new NupkgFile("Faxbot.Profile", "1.0.0").With("manifest.json", TestPackage.Manifest("faxbot-profile")).With("trunk.json", "{}").WriteTo(_bench.FeedFolder);
        new NupkgFile("Faxbot.Nothing", "1.0.0").With("manifest.json", TestPackage.Manifest("faxbot-nothing")).WriteTo(_bench.FeedFolder);

        Assert.Equal("faxbot-profile", await InstallAsync("Faxbot.Profile"));
        Assert.Contains("nothing to run", (await FailsAsync(() => InstallAsync("Faxbot.Nothing"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_that_was_published_anew_with_other_content_is_refused()
    {
        TestPackage.Of().WriteTo(_bench.FeedFolder);
        await InstallAsync();
        TestPackage.Of().With("more.txt", "more").WriteTo(_bench.FeedFolder);

        Assert.Contains("SHA-512", (await FailsAsync(() => InstallAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_package_cannot_take_the_id_of_an_installed_plugin()
    {
        TestPackage.Of().WriteTo(_bench.FeedFolder);
        TestPackage.Of(id: "Faxbot.Impostor").WriteTo(_bench.FeedFolder);
        await InstallAsync();

        Assert.Contains("is installed from the package Faxbot.Packed", (await FailsAsync(() => InstallAsync("Faxbot.Impostor"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_crash_left_half_done_is_swept_away_and_what_is_locked_stays()
    {
        TestPackage.Of().WriteTo(_bench.FeedFolder);
        await InstallAsync();
        Directory.CreateDirectory(Path.Combine(_bench.Options.StagingFolder, "half"));
        Directory.CreateDirectory(_bench.Options.InstalledVersionFolder(TestPackage.PluginId, "9.9.9"));
        Directory.CreateDirectory(_bench.Options.InstalledVersionFolder("faxbot-other", "1.0.0"));

        _bench.Installer.Sweep();

        Assert.False(Directory.Exists(_bench.Options.StagingFolder));
        var kept = Assert.Single(Directory.EnumerateDirectories(_bench.Options.InstalledFolder));
        Assert.Equal("1.0.0", Path.GetFileName(Assert.Single(Directory.EnumerateDirectories(kept))));
    }

    [Fact]
    public async Task A_broken_lock_file_stops_what_was_installed_and_nothing_else()
    {
        TestPackage.Of().WriteTo(_bench.FeedFolder);
        await InstallAsync();
        await EnableAsync();
        await _bench.EnableAsync("none");
        await File.WriteAllTextAsync(_bench.Options.LockFile, "{", Cancel);

        await _bench.Fleet.RescanAsync(Cancel);

        var status = await _bench.WhenAsync(status => status.State == PluginState.Stopped, TestPackage.PluginId);
        Assert.Contains("restore it from a backup", status.Reason, StringComparison.Ordinal);
        await _bench.WhenAsync(status => status.IsHealthy);
        Assert.Equal(InstallFailure.Conflict, (await FailsAsync(() => InstallAsync())).Failure);
    }

    [Fact]
    public async Task The_registry_shows_what_is_installed_and_what_the_folder_offers()
    {
        TestPackage.Of().WriteTo(_bench.FeedFolder);
        TestPackage.Of(id: "Faxbot.Offered", pluginId: "faxbot-offered").WriteTo(_bench.FeedFolder);
        new NupkgFile("Faxbot.Library", "1.0.0").OfType(null).WithAssembly(TestPackage.Library).WriteTo(_bench.FeedFolder);
        await File.WriteAllTextAsync(Path.Combine(_bench.FeedFolder, "broken.1.0.0.nupkg"), "no package", Cancel);
        await InstallAsync();

        var found = await _bench.Registry.SearchAsync("faxbot", Cancel);

        Assert.Equal([("faxbot-packed", true), ("faxbot-test", true), ("Faxbot.Offered", false)], found.Select(one => (one.Id, one.IsInstalled)));
    }

    private Task<string> InstallAsync(string id = TestPackage.Id, string? source = null) => _bench.Installer.InstallAsync(new InstallRequest { Id = id, Source = source }, Cancel);

    private async Task EnableAsync(JsonObject? settings = null)
    {
        Assert.Equal(Server.Plugins.Settings.PluginConfigAnswerKind.Saved, (await _bench.PutAsync(settings ?? (JsonObject)Quiet.DeepClone(), id: TestPackage.PluginId)).Kind);
        await _bench.WhenAsync(status => status.IsHealthy, TestPackage.PluginId);
    }

    private static Task<PluginInstallException> FailsAsync<T>(Func<Task<T>> act) => Assert.ThrowsAsync<PluginInstallException>(act);
}
