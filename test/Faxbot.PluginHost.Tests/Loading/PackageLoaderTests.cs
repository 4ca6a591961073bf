using System.Runtime.InteropServices;
using System.Runtime.Loader;
using Faxbot.PluginHost.Loading;
using Faxbot.Sdk.Plugins;
using Faxbot.Testing;

namespace Faxbot.PluginHost.Tests.Loading;

public sealed class PackageLoaderTests
{
    private static string Built => RepositoryRoot.Of("test", "Faxbot.TestPlugin", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0");

    [Fact]
    public void A_package_is_loaded_apart_and_shares_the_contract()
    {
        var loaded = PackageLoader.Load(Built);

        Assert.Equal("faxbot-test", loaded.Manifest.Id);
        Assert.IsAssignableFrom<FaxPlugin>(loaded.Plugin);
        Assert.NotEqual(AssemblyLoadContext.Default, AssemblyLoadContext.GetLoadContext(loaded.Plugin.GetType().Assembly));
    }

    [Fact]
    public void What_this_program_is_made_of_is_not_lent_to_the_package()
    {
        var context = new PackageLoadContext(Built);

        Assert.Throws<FileNotFoundException>(() => context.LoadFromAssemblyName(new("StreamJsonRpc")));
        Assert.Same(typeof(Plugin).Assembly, context.LoadFromAssemblyName(new("Faxbot.Sdk")));
    }

    [Fact]
    public void A_native_library_is_found_beside_the_assemblies()
    {
        using var folder = Copy();
        var any = Directory.EnumerateFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*System.Native.*").Single();
        File.Copy(any, folder.Of($"libours{Path.GetExtension(any)}"));
        var assembly = new PackageLoadContext(folder.FullPath).LoadFromAssemblyPath(folder.Of("Faxbot.TestPlugin.dll"));

        Assert.True(NativeLibrary.TryLoad("ours", assembly, null, out _));
        Assert.False(NativeLibrary.TryLoad("theirs", assembly, null, out _));
    }

    [Fact]
    public void A_manifest_that_does_not_agree_with_the_class_is_refused()
    {
        using var folder = Copy();
        Edit(folder, "\"get_status\"", "\"get_status\", \"cancel_fax\"");

        Assert.Contains("Override CancelFaxAsync in MisbehavingFaxPlugin", Refusal(folder), StringComparison.Ordinal);
    }

    [Fact]
    public void A_package_without_a_plugin_is_refused()
    {
        using var folder = Copy();
        File.Delete(folder.Of("Faxbot.TestPlugin.dll"));

        Assert.Contains("has a public class that derives from FaxPlugin", Refusal(folder), StringComparison.Ordinal);
    }

    [Fact]
    public void A_package_without_a_manifest_is_refused()
    {
        using var folder = new TempFolder();

        Assert.Equal("The package has no manifest.json.", Refusal(folder));
    }

    [Fact]
    public void A_manifest_that_is_not_valid_is_refused_with_its_problems()
    {
        using var folder = Copy();
        Edit(folder, "\"outbound\"", "\"fax\"");

        Assert.Contains("$.categories[0]: The category \"fax\" is not known.", Refusal(folder), StringComparison.Ordinal);
    }

    private static string Refusal(TempFolder folder) => Assert.Throws<PackageRefusedException>(() => PackageLoader.Load(folder.FullPath)).Message;

    private static void Edit(TempFolder folder, string old, string replacement)
    {
        var path = folder.Of("manifest.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace(old, replacement, StringComparison.Ordinal));
    }

    private static TempFolder Copy()
    {
        var folder = new TempFolder();
        foreach (var file in Directory.EnumerateFiles(Built)) File.Copy(file, folder.Of(Path.GetFileName(file)));
        return folder;
    }
}
