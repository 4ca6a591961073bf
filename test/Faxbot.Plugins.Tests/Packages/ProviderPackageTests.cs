using System.Text.Json;
using System.Text.Json.Nodes;
using Faxbot.Sdk.Manifests;
using Faxbot.Sdk.Trunks;
using NJsonSchema;

namespace Faxbot.Plugins.Tests.Packages;

public sealed class ProviderPackageTests
{
    public static TheoryData<string> Folders => [.. ProviderPackage.All.Select(package => package.Folder)];

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_manifest_is_valid_and_says_what_its_class_can(string folder)
    {
        var package = ProviderPackage.Find(folder);
        var read = package.ReadManifest();

        Assert.Empty(read.Problems);
        Assert.Empty(CapabilityAgreement.Check(read.Manifest!, package.PluginClass));
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Settings_and_places_of_templates_are_the_same(string folder)
    {
        var package = ProviderPackage.Find(folder);
        var settings = package.ReadManifest().Manifest!.ConfigSchema!.Value.GetProperty("properties").EnumerateObject().Select(setting => setting.Name);
        var places = package.Templates.SelectMany(template => package.ReadTemplate(template).Places);

        Assert.Equal(places.Concat(package.ApiSettings).Append(TrunkTemplate.OverlaySetting).Append(TrunkTemplate.LineSetting).Distinct().Order(StringComparer.Ordinal), settings.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Each_provider_of_the_schema_has_a_template()
    {
        var providers = ProviderPackage.AnyTrunk.ReadManifest().Manifest!.ConfigSchema!.Value.GetProperty("properties").GetProperty("provider").GetProperty("enum").EnumerateArray();

        Assert.Equal(ProviderPackage.AnyTrunk.Templates, providers.Select(provider => $"trunks/{provider.GetString()}.json").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Each_template_has_samples()
    {
        var templates = ProviderPackage.All.SelectMany(package => package.Templates.Select(template => (package.Folder, template))).ToArray();

        Assert.Equal(templates.Length, SampleSettings.Full.Count);
        Assert.Empty(templates.Except(SampleSettings.Full.Select(sample => sample.Data).Select(sample => (sample.Item1, sample.Item2))));
        Assert.Empty(templates.Except(SampleSettings.Least.Select(sample => sample.Data).Select(sample => (sample.Item1, sample.Item2))));
    }

    [Theory]
    [MemberData(nameof(SampleSettings.Full), MemberType = typeof(SampleSettings))]
    [MemberData(nameof(SampleSettings.Least), MemberType = typeof(SampleSettings))]
    public async Task The_schema_takes_settings_that_make_a_profile(string folder, string template, string settings)
    {
        var package = ProviderPackage.Find(folder);
        var schema = await JsonSchema.FromJsonAsync(package.ReadManifest().Manifest!.ConfigSchema!.Value.GetRawText(), TestContext.Current.CancellationToken);

        Assert.Empty(schema.Validate(settings));
        Assert.Empty(TrunkProfileRules.Check(package.Fill(template, settings)));
    }

    [Theory]
    [InlineData("Faxbot.Sip.Bandwidth", """{ "sbc_alternate": "192.0.2.1" }""")]
    [InlineData("Faxbot.Sip.Flowroute", """{ "tech_prefix": "1234567" }""")]
    [InlineData("Faxbot.Sip.Flowroute", """{ "username": "u" }""")]
    [InlineData("Faxbot.Sip.Telnyx", """{ "tech_prefix": "12345" }""")]
    [InlineData("Faxbot.Sip.Telnyx", """{ "token": "short" }""")]
    [InlineData("Faxbot.Twilio.Fax", """{ "trunk_name": "acme.pstn.twilio.com" }""")]
    [InlineData("Faxbot.Twilio.Fax", "{}")]
    [InlineData("Faxbot.Sip.Trunk", """{ "provider": "nobody" }""")]
    public async Task The_schema_refuses_what_the_provider_cannot_have_given(string folder, string settings)
    {
        var schema = await JsonSchema.FromJsonAsync(ProviderPackage.Find(folder).ReadManifest().Manifest!.ConfigSchema!.Value.GetRawText(), TestContext.Current.CancellationToken);

        Assert.NotEmpty(schema.Validate(settings));
    }

    [Theory]
    [MemberData(nameof(SampleSettings.Full), MemberType = typeof(SampleSettings))]
    public void Evidence_is_of_values_that_are_there(string folder, string template, string settings)
    {
        if (template == "trunks/other.json") return;
        var profile = ProviderPackage.Find(folder).Fill(template, settings);
        var written = JsonNode.Parse(TrunkProfileJson.Write(profile))!;

        Assert.NotEmpty(profile.Evidence);
        Assert.Contains("t38.support", profile.Evidence.Keys);
        Assert.All(profile.Evidence, entry =>
        {
            Assert.NotNull(entry.Key.Split('.').Aggregate((JsonNode?)written, (node, name) => node?[name]));
            Assert.NotEmpty(entry.Value.Source);
            Assert.True(entry.Value.Checked >= new DateOnly(2026, 10, 3));
        });
    }

    [Theory]
    [InlineData("plivo", T38Support.No)]
    [InlineData("vonage", T38Support.No)]
    [InlineData("didww", T38Support.Unknown)]
    [InlineData("signalwire", T38Support.Unknown)]
    public void What_is_known_of_T38_is_said_and_the_rest_is_tried(string provider, T38Support support)
    {
        var profile = ProviderPackage.AnyTrunk.Fill($"trunks/{provider}.json", """{ "trunk_name": "acme", "pop": "us" }""");

        Assert.Equal(support, profile.T38.Support);
    }

    [Fact]
    public void Secrets_are_marked()
    {
        var open = from package in ProviderPackage.All
                   from setting in package.ReadManifest().Manifest!.ConfigSchema!.Value.GetProperty("properties").EnumerateObject()
                   where (setting.Name.Contains("password", StringComparison.Ordinal) || setting.Name.Contains("secret", StringComparison.Ordinal) || setting.Name.EndsWith("token", StringComparison.Ordinal))
                       && !(setting.Value.TryGetProperty("secret", out var secret) && secret.ValueKind == JsonValueKind.True)
                   select $"{package.Folder}: {setting.Name}";

        Assert.Empty(open);
    }
}
