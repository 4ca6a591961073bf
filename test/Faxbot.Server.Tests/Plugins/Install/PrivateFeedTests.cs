using Faxbot.Server.Plugins.Install;
using Faxbot.Testing;

namespace Faxbot.Server.Tests.Plugins.Install;

/// <summary>Installing from a feed that lets in only whom it knows.</summary>
public sealed class PrivateFeedTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private FeedServer _feed = null!;
    private FeedServer _elsewhere = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _feed = await FeedServer.StartAsync(_folder.Of("packages"));
        _elsewhere = await FeedServer.StartAsync(_folder.Of("packages"));
        TestPackage.Of().WriteTo(_folder.Of("packages"));
    }

    public async ValueTask DisposeAsync()
    {
        await _feed.DisposeAsync();
        await _elsewhere.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("Authorization", "Basic bWU6czNjcmV0", "me:s3cret")]
    [InlineData("X-NuGet-ApiKey", "k-1", "X-NuGet-ApiKey: k-1")]
    public async Task With_what_it_asks_for_a_package_is_found_and_installed(string header, string value, string given)
    {
        _feed.Wants = (header, value);
        await using var bench = await OpenAsync(given);

        await InstallAsync(bench);

        Assert.NotNull(bench.Fleet.Describe(TestPackage.PluginId));
        Assert.All(_feed.Shown(header), shown => Assert.Equal(value, shown));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("me:wrong")]
    public async Task Without_it_the_operator_is_told_which_setting_gives_it(string? given)
    {
        _feed.Wants = ("Authorization", "Basic bWU6czNjcmV0");
        await using var bench = await OpenAsync(given);

        var refused = await Assert.ThrowsAsync<PluginInstallException>(() => InstallAsync(bench));

        Assert.Equal(InstallFailure.Unreachable, refused.Failure);
        Assert.Contains("401", refused.Message, StringComparison.Ordinal);
        Assert.Contains("plugins.feed_credentials", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Authorization", "Basic bWU6czNjcmV0", "me:s3cret")]
    [InlineData("X-NuGet-ApiKey", "k-1", "X-NuGet-ApiKey: k-1")]
    public async Task Where_it_sends_us_elsewhere_nothing_is_shown(string header, string value, string given)
    {
        _feed.Wants = (header, value);
        _feed.PackagesAt = _elsewhere;
        await using var bench = await OpenAsync(given);

        await InstallAsync(bench);

        Assert.NotEmpty(_elsewhere.Asked);
        Assert.All(_elsewhere.Shown(header), Assert.Null);
    }

    private Task<PluginBench> OpenAsync(string? given) => PluginBench.OpenAsync(install: new InstallOptions
    {
        Sources = [_feed.Source],
        Credentials = given is not null && FeedCredentials.TryParse($"{_feed.Source} {given}", out var credentials) ? [credentials] : [],
    });

    private Task<string> InstallAsync(PluginBench bench) => bench.Installer.InstallAsync(new InstallRequest { Id = TestPackage.Id, Source = _feed.Source }, Cancel);
}
