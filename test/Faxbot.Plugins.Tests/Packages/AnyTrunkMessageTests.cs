using System.Text.Json.Nodes;
using Faxbot.Sdk.Manifests;
using Faxbot.Testing;

namespace Faxbot.Plugins.Tests.Packages;

/// <summary>The built-in package for messages over any trunk: the same trunk as for faxes.</summary>
public sealed class AnyTrunkMessageTests
{
    // What is about faxes alone.
    private static readonly string[] OfFaxes = ["t38", "t38_switch"];

    [Fact]
    public void It_has_the_settings_of_the_package_for_faxes()
    {
        var faxes = Settings("Faxbot.Sip.Trunk");
        var messages = Settings("Faxbot.Sip.Message");

        Assert.Equal(faxes.Select(setting => setting.Key).Except(OfFaxes), messages.Select(setting => setting.Key));
        foreach (var (name, setting) in messages) Assert.True(JsonNode.DeepEquals(Bare(setting), Bare(faxes[name])), $"{name}: {setting}");
    }

    [Fact]
    public void It_has_the_templates_of_the_package_for_faxes()
    {
        var built = Path.Combine(RepositoryRoot.Of("plugins", "Faxbot.Sip.Message", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0"), "trunks");

        foreach (var template in Directory.EnumerateFiles(RepositoryRoot.Of("plugins", "Faxbot.Sip.Trunk", "trunks")))
            Assert.Equal(File.ReadAllText(template), File.ReadAllText(Path.Combine(built, Path.GetFileName(template))));
    }

    private static JsonObject Settings(string folder) =>
        JsonNode.Parse(File.ReadAllText(RepositoryRoot.Of("plugins", folder, ManifestValidator.FileName)))!["config_schema"]!["properties"]!.AsObject();

    // People are told other things of the same setting.
    private static JsonObject Bare(JsonNode? setting)
    {
        var bare = setting!.DeepClone().AsObject();
        bare.Remove("description");
        return bare;
    }
}
