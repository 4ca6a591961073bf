using Faxbot.Server.Plugins;
using Faxbot.Server.Plugins.Packages;
using Faxbot.Testing;

namespace Faxbot.Server.Tests.Plugins.Packages;

public sealed class PluginPackagesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_installed_package_takes_the_place_of_a_built_in_one()
    {
        Write("built-in/a", "faxbot-a", "1.0.0");
        Write("built-in/b", "faxbot-b", "1.0.0");
        Write("plugins/packages/a", "faxbot-a", "2.0.0");

        Assert.Equal([("faxbot-a", "2.0.0", false), ("faxbot-b", "1.0.0", true)], Scan().Select(one => (one.Id, one.Version, one.IsBuiltIn)));
    }

    [Fact]
    public void Two_packages_with_one_id_are_both_refused()
    {
        Write("plugins/packages/a", "faxbot-a", "1.0.0");
        Write("plugins/packages/b", "faxbot-a", "2.0.0");

        var package = Assert.Single(Scan());

        Assert.Null(package.Manifest);
        Assert.Equal("The folders a, b hold the same id.", Assert.Single(package.Problems).Wrong);
    }

    [Fact]
    public void A_broken_manifest_is_listed_under_its_folder_with_what_is_wrong()
    {
        Write("plugins/packages/broken", "Not An Id", "1.0.0");

        var package = Assert.Single(Scan());

        Assert.Equal(("broken", "$.id"), (package.Id, Assert.Single(package.Problems).Path));
    }

    [Fact]
    public void The_digest_changes_with_each_octet_and_each_name()
    {
        Write("plugins/packages/a", "faxbot-a", "1.0.0");
        var first = Assert.Single(Scan()).Sha512;
        var file = _folder.Of("plugins/packages/a/x");
        File.WriteAllText(file, "1");
        var added = Assert.Single(Scan()).Sha512;
        File.WriteAllText(file, "2");
        var changed = Assert.Single(Scan()).Sha512;
        File.Move(file, $"{file}y");
        var renamed = Assert.Single(Scan()).Sha512;

        Assert.Equal(4, new[] { first, added, changed, renamed }.Distinct().Count());
        Assert.Equal(128, first.Length);
    }

    private IReadOnlyList<PluginPackage> Scan()
    {
        var packages = new PluginPackages(new PluginOptions { BuiltInFolder = _folder.Of("built-in"), Folder = _folder.Of("plugins") });
        packages.Scan();
        return packages.All;
    }

    private void Write(string folder, string id, string version)
    {
        Directory.CreateDirectory(_folder.Of(folder));
        File.WriteAllText(
            Path.Combine(_folder.Of(folder), "manifest.json"),
            $$"""{ "id": "{{id}}", "name": "A", "version": "{{version}}", "categories": ["outbound"], "capabilities": ["send_fax", "get_status"] }""");
    }
}
