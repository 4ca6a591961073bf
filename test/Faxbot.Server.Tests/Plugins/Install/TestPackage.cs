using Faxbot.Testing.Plugins;

namespace Faxbot.Server.Tests.Plugins.Install;

/// <summary>The test plugin as a package: the same program under ids of its own.</summary>
internal static class TestPackage
{
    public const string Id = "Faxbot.Packed", PluginId = "faxbot-packed";

    /// <summary>The manifest of the test plugin with another id.</summary>
    public static string Manifest(string pluginId = PluginId) =>
        File.ReadAllText(Path.Combine(PluginBench.TestPlugin, "manifest.json")).Replace($"\"{PluginBench.PluginId}\"", $"\"{pluginId}\"", StringComparison.Ordinal);

    /// <summary>The whole package.</summary>
    public static NupkgFile Of(string version = "1.0.0", string id = Id, string pluginId = PluginId) => WithoutManifest(version, id).With("manifest.json", Manifest(pluginId));

    /// <summary>The package for a manifest of the test's own.</summary>
    public static NupkgFile WithoutManifest(string version = "1.0.0", string id = Id) =>
        new NupkgFile(id, version).WithAssembly(Path.Combine(PluginBench.TestPlugin, "Faxbot.TestPlugin.dll")).Needing("Faxbot.Sdk", "0.1.0");

    /// <summary>An assembly that is not a plugin's, for packages that plugins need.</summary>
    public static string Library => typeof(FactAttribute).Assembly.Location;
}
