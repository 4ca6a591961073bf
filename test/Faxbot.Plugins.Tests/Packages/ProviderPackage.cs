using System.Text.Json;
using Faxbot.Sdk.Manifests;
using Faxbot.Sdk.Trunks;
using Faxbot.Sip.Bandwidth;
using Faxbot.Sip.Flowroute;
using Faxbot.Sip.Telnyx;
using Faxbot.Sip.Trunk;
using Faxbot.Sip.Voxbone;
using Faxbot.Testing;
using Faxbot.Twilio.Fax;

namespace Faxbot.Plugins.Tests.Packages;

/// <summary>A provider's package as it lies in the tree, with settings as customers have them.</summary>
/// <param name="Folder">Its folder in plugins.</param>
/// <param name="PluginClass">Its class.</param>
/// <param name="ApiSettings">The settings that are for the provider's API and not for the trunk.</param>
internal sealed record ProviderPackage(string Folder, Type PluginClass, params string[] ApiSettings)
{
    /// <summary>The packages that are installed.</summary>
    public static IReadOnlyList<ProviderPackage> Installed { get; } =
    [
        new("Faxbot.Sip.Bandwidth", typeof(BandwidthFaxPlugin), "account_id", "api_user", "api_password"),
        new("Faxbot.Sip.Flowroute", typeof(FlowrouteFaxPlugin), "access_key", "secret_key"),
        new("Faxbot.Sip.Telnyx", typeof(TelnyxFaxPlugin), "api_key"),
        new("Faxbot.Sip.Voxbone", typeof(VoxboneFaxPlugin), "api_key", "sandbox"),
        new("Faxbot.Twilio.Fax", typeof(TwilioFaxPlugin), "account_sid", "api_key", "api_secret", "auth_token"),
    ];

    /// <summary>The built-in one, with a template for each provider.</summary>
    public static ProviderPackage AnyTrunk { get; } = new("Faxbot.Sip.Trunk", typeof(SipTrunkPlugin), "provider");

    public static IEnumerable<ProviderPackage> All => Installed.Append(AnyTrunk);

    public static ProviderPackage Find(string folder) => All.Single(package => package.Folder == folder);

    /// <summary>The paths of its templates.</summary>
    public IReadOnlyList<string> Templates => Directory.Exists(Path.Combine(Root, "trunks"))
        ? [.. Directory.EnumerateFiles(Path.Combine(Root, "trunks")).Select(path => $"trunks/{Path.GetFileName(path)}").Order(StringComparer.Ordinal)]
        : [TrunkTemplate.FileName];

    public string Root => RepositoryRoot.Of("plugins", Folder);

    public ManifestValidation ReadManifest() => ManifestValidator.Validate(File.ReadAllText(Path.Combine(Root, ManifestValidator.FileName)));

    public TrunkTemplate ReadTemplate(string path) => TrunkTemplate.Parse(File.ReadAllText(Path.Combine(Root, path)));

    /// <summary>The profile that a template and settings make.</summary>
    public TrunkProfile Fill(string template, string settings)
    {
        var profile = ReadTemplate(template).Fill(JsonDocument.Parse(settings).RootElement, out var problems);
        Assert.Empty(problems);
        return profile!;
    }
}
