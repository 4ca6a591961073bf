using System.Text.Json;
using Faxbot.Sdk.Manifests;
using Faxbot.Server.Plugins;
using Faxbot.Server.Plugins.Packages;
using Microsoft.Extensions.Time.Testing;

namespace Faxbot.Server.Tests.Plugins;

public sealed class CrashCountTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Pauses_double_up_to_a_minute_and_the_fuse_ends_them()
    {
        var count = new CrashCount(new PluginTimes(), 9, _time);
        var wish = Wish();

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60, null], Enumerable.Range(0, 9).Select(_ => count.Add(wish)?.TotalSeconds));
    }

    [Fact]
    public void Crashes_long_ago_do_not_count()
    {
        var count = new CrashCount(new PluginTimes(), 3, _time);
        var wish = Wish();
        count.Add(wish);
        count.Add(wish);

        _time.Advance(TimeSpan.FromMinutes(11));

        Assert.Equal(TimeSpan.FromSeconds(1), count.Add(wish));
    }

    [Fact]
    public void Other_settings_begin_anew()
    {
        var count = new CrashCount(new PluginTimes(), 2, _time);

        Assert.NotNull(count.Add(Wish()));
        Assert.NotNull(count.Add(Wish()));
    }

    private static PluginWish Wish()
    {
        var manifest = new PluginManifest { Id = "a", Name = "A", Categories = ["outbound"], Capabilities = ["send_fax", "get_status"] };
        return new PluginWish(new PluginPackage("a", "/a", false, "", manifest, []), 1, JsonSerializer.SerializeToElement(new { }), new BackendLimits(null, null));
    }
}
