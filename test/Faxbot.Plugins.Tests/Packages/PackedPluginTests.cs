using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using Faxbot.Sdk.Manifests;
using Faxbot.Testing;

namespace Faxbot.Plugins.Tests.Packages;

/// <summary>What a build leaves in artifacts/plugins, which is a feed to install from.</summary>
public sealed class PackedPluginTests
{
    private const string Voice = "Faxbot.Sip.Voice";
    private static readonly string[] Messaging = ["Faxbot.Bandwidth.Sms", "Faxbot.Flowroute.Sms", "Faxbot.Telnyx.Sms", "Faxbot.Twilio.Sms"];

    public static TheoryData<string> Folders => [.. ProviderPackage.Installed.Select(package => package.Folder).Concat(Messaging).Append(Voice)];

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_package_holds_the_plugin_and_nothing_of_the_gateway(string folder)
    {
        using var package = Open(folder);
        string[] common = folder.Contains("Twilio", StringComparison.Ordinal) ? ["lib/net10.0/Faxbot.Twilio.Common.dll"]
            : folder.Contains("Telnyx", StringComparison.Ordinal) ? ["lib/net10.0/Faxbot.Telnyx.Common.dll"]
            : [];

        Assert.Equal(
            ((string[])[.. common, $"lib/net10.0/{folder}.dll", $"lib/net10.0/{folder}.xml", .. Texts(folder), .. Trunks(folder)]).Order(StringComparer.OrdinalIgnoreCase),
            package.Entries.Select(entry => entry.FullName).Where(IsOurs).Order(StringComparer.OrdinalIgnoreCase));
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Its_type_says_that_it_is_a_plugin_and_it_depends_on_nothing(string folder)
    {
        using var package = Open(folder);
        using var nuspec = package.GetEntry($"{folder}.nuspec")!.Open();
        var read = XDocument.Load(nuspec).Root!.Elements().Single();
        XName Name(string name) => read.Name.Namespace + name;

        Assert.Equal("FaxbotPlugin", Assert.Single(read.Element(Name("packageTypes"))!.Elements()).Attribute("name")!.Value);
        Assert.Empty(read.Descendants(Name("dependency")));
        Assert.Equal((folder, "MIT"), (read.Element(Name("id"))!.Value, read.Element(Name("license"))!.Value));
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Its_assemblies_find_all_that_they_refer_to(string folder)
    {
        using var package = Open(folder);
        var assemblies = package.Entries.Where(entry => entry.FullName.EndsWith(".dll", StringComparison.Ordinal)).ToArray();
        var there = assemblies.Select(entry => Path.GetFileNameWithoutExtension(entry.Name)).Append("Faxbot.Sdk").ToArray();

        Assert.All(assemblies, entry => Assert.All(References(entry), name => Assert.True(there.Contains(name) || name.StartsWith("System.", StringComparison.Ordinal), name)));
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Its_manifest_and_profile_are_those_of_the_tree(string folder)
    {
        using var package = Open(folder);

        Assert.All(Texts(folder), name =>
        {
            using var text = new StreamReader(package.GetEntry(name)!.Open());
            Assert.Equal(File.ReadAllText(RepositoryRoot.Of("plugins", folder, name)), text.ReadToEnd());
        });
    }

    private static ZipArchive Open(string folder) =>
        ZipFile.OpenRead(RepositoryRoot.Of("artifacts", "plugins", $"{folder}.{Version(folder)}.nupkg"));

    private static string? Version(string folder) => ManifestValidator.Validate(File.ReadAllText(RepositoryRoot.Of("plugins", folder, ManifestValidator.FileName))).Manifest!.Version;

    // Those of the plugin for faxes: a trunk is the same whatever it carries.
    private static IEnumerable<string> Trunks(string folder) => folder == Voice ? ProviderPackage.AnyTrunk.Templates : [];

    // A package for messages has no trunk.
    private static string[] Texts(string folder) => Messaging.Append(Voice).Contains(folder) ? ["manifest.json", "README.md"] : ["manifest.json", "README.md", "trunk.json"];

    // NuGet's own files are left out.
    private static bool IsOurs(string path) =>
        !path.StartsWith("_rels/", StringComparison.Ordinal) && !path.StartsWith("package/", StringComparison.Ordinal)
        && path != "[Content_Types].xml" && !path.EndsWith(".nuspec", StringComparison.Ordinal);

    private static string[] References(ZipArchiveEntry assembly)
    {
        using var copy = new MemoryStream();
        using (var content = assembly.Open()) content.CopyTo(copy);
        copy.Position = 0;
        using var file = new PEReader(copy);
        var metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }
}
