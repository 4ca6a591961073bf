using System.Text.Json.Nodes;
using Faxbot.Server.Plugins.Install;
using Faxbot.Server.Plugins.Packages;
using Faxbot.Testing;
using Faxbot.Testing.Plugins;

namespace Faxbot.Server.Tests.Plugins.Install;

/// <summary>Installing over HTTP, with what a plugin needs.</summary>
public sealed class FeedInstallTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private FeedServer _feed = null!;
    private PluginBench _bench = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _feed = await FeedServer.StartAsync(_folder.Of("packages"));
        _bench = await PluginBench.OpenAsync(install: new InstallOptions { Sources = [_feed.Source] });
    }

    public async ValueTask DisposeAsync()
    {
        await _bench.DisposeAsync();
        await _feed.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_a_plugin_needs_is_installed_with_it_in_the_lowest_versions_that_satisfy_all()
    {
        Publish(TestPackage.Of().Needing("Lib.A", "1.0.0").Needing("Lib.B", "[1.0.0, 2.0.0)"));
        Publish(Library("Lib.A", "1.0.0").Needing("Lib.B", "1.2.0").Needing("Microsoft.Extensions.Logging.Abstractions", "8.0.0"));
        Publish(Library("Lib.A", "3.0.0"));
        foreach (var version in (string[])["1.0.0", "1.2.0", "1.3.0", "2.0.0"]) Publish(Library("Lib.B", version));

        await InstallAsync();

        var locked = PluginLock.Read(_bench.Options.LockFile).Plugins[TestPackage.PluginId].Versions["1.0.0"];
        Assert.Equal([("Lib.A", "1.0.0"), ("Lib.B", "1.2.0")], locked.Dependencies.Select(one => (one.Id, one.Version)));
        Assert.All(locked.Dependencies, one => Assert.Equal((_feed.Source, 128), (one.Source, one.Sha512.Length)));
        Assert.Equal(["Faxbot.TestPlugin.dll", "Lib.A.dll", "Lib.B.dll", "manifest.json"], locked.Files.Keys);
        await _bench.PutAsync(new JsonObject { ["behaviour"] = "none" }, id: TestPackage.PluginId);
        await _bench.WhenAsync(status => status.IsHealthy, TestPackage.PluginId);
        Assert.DoesNotContain(_feed.Asked, path => path.Contains("faxbot.sdk", StringComparison.Ordinal) || path.Contains("microsoft", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_dotnet_has_itself_is_not_installed_a_second_time()
    {
        Publish(TestPackage.Of().Needing("System.Text.Json", "10.0.0"));
        Publish(new NupkgFile("System.Text.Json", "10.0.0").OfType(null).WithAssembly(typeof(System.Text.Json.JsonDocument).Assembly.Location));

        await InstallAsync();

        Assert.DoesNotContain("System.Text.Json.dll", PluginLock.Read(_bench.Options.LockFile).Plugins[TestPackage.PluginId].Versions["1.0.0"].Files.Keys);
    }

    [Fact]
    public async Task A_native_library_for_this_machine_lies_beside_the_assemblies()
    {
        var runtime = System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier;
        Publish(TestPackage.Of().Needing("Lib.Native", "1.0.0"));
        Publish(new NupkgFile("Lib.Native", "1.0.0").OfType(null).With($"runtimes/{runtime}/native/libours.so", "ours").With("runtimes/plan9-x64/native/libtheirs.so", "theirs"));

        await InstallAsync();

        Assert.Equal(
            ["Faxbot.TestPlugin.dll", "libours.so", "manifest.json"], PluginLock.Read(_bench.Options.LockFile).Plugins[TestPackage.PluginId].Versions["1.0.0"].Files.Keys);
    }

    [Theory]
    [InlineData("Lib.Missing", "1.0.0", "needs Lib.Missing. No source has a package Lib.Missing")]
    [InlineData("Lib.B", "[5.0.0, )", "No version of Lib.B satisfies all who need it: Faxbot.Packed 1.0.0 needs")]
    [InlineData("Faxbot.Packed", "1.0.0", "needs Faxbot.Packed, the plugin itself")]
    [InlineData("Lib.Old", "1.0.0", "has no assemblies for net10.0")]
    public async Task A_need_that_cannot_be_met_is_told(string package, string range, string reason)
    {
        Publish(TestPackage.Of().Needing(package, range));
        Publish(Library("Lib.B", "1.0.0"));
        Publish(new NupkgFile("Lib.Old", "1.0.0").OfType(null).With("lib/net11.0/Lib.Old.dll", "x"));

        var refused = await Assert.ThrowsAsync<PluginInstallException>(InstallAsync);

        Assert.Equal(InstallFailure.Refused, refused.Failure);
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.Null(_bench.Fleet.Describe(TestPackage.PluginId));
    }

    [Fact]
    public async Task Needs_that_contradict_each_other_are_told_with_who_has_them()
    {
        Publish(TestPackage.Of().Needing("Lib.A", "1.0.0").Needing("Lib.B", "[1.0.0]"));
        Publish(Library("Lib.A", "1.0.0").Needing("Lib.B", "[2.0.0]"));
        foreach (var version in (string[])["1.0.0", "2.0.0"]) Publish(Library("Lib.B", version));

        var message = (await Assert.ThrowsAsync<PluginInstallException>(InstallAsync)).Message;

        Assert.Contains("Faxbot.Packed 1.0.0 needs", message, StringComparison.Ordinal);
        Assert.Contains("Lib.A 1.0.0 needs", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feed_that_gives_another_package_than_was_asked_for_is_refused()
    {
        File.Move(TestPackage.Of(id: "Other").WriteTo(_folder.Of("packages")), _folder.Of("packages/Faxbot.Packed.1.0.0.nupkg"));

        Assert.Contains("gave Other 1.0.0 where Faxbot.Packed 1.0.0 was asked for", (await Assert.ThrowsAsync<PluginInstallException>(InstallAsync)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_package_that_is_too_large_is_not_downloaded_whole()
    {
        await using var bench = await PluginBench.OpenAsync(install: new InstallOptions { Sources = [_feed.Source], Limits = new PackageLimits { Package = 1000 } });
        Publish(TestPackage.Of());

        var refused = await Assert.ThrowsAsync<PluginInstallException>(() => bench.Installer.InstallAsync(new InstallRequest { Id = TestPackage.Id, Source = _feed.Source }, Cancel));

        Assert.Contains("plugins.max_package", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_no_feed_is_told()
    {
        await using var bench = await PluginBench.OpenAsync(install: new InstallOptions { Sources = [_feed.Source.Replace("/v3/", "/query?q=x&packageType=", StringComparison.Ordinal)] });

        var refused = await Assert.ThrowsAsync<PluginInstallException>(() => bench.Installer.InstallAsync(new InstallRequest { Id = TestPackage.Id }, Cancel));

        Assert.Equal(InstallFailure.Unreachable, refused.Failure);
        Assert.Contains("no NuGet feed of version 3", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_registry_asks_the_feed_for_packages_of_plugins()
    {
        var found = await _bench.Registry.SearchAsync("packed", Cancel);

        Assert.Equal(("Faxbot.Packed", "FaxbotPlugin for packed", "Tests", _feed.Source), found.Select(one => (one.Id, one.Description, one.Author, one.Source)).Single());
    }

    private Task<string> InstallAsync() => _bench.Installer.InstallAsync(new InstallRequest { Id = TestPackage.Id, Source = _feed.Source }, Cancel);

    private void Publish(NupkgFile file) => file.WriteTo(_folder.Of("packages"));

    private static NupkgFile Library(string id, string version) => new NupkgFile(id, version).OfType(null).With($"lib/netstandard2.0/{id}.dll", File.ReadAllBytes(TestPackage.Library));
}
