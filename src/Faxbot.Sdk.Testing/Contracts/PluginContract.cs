using System.Text;
using System.Text.Json;
using Faxbot.Sdk.Manifests;
using Faxbot.Sdk.Numbers;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Testing.Carriers;
using Faxbot.Sdk.Testing.Harness;
using Faxbot.Sdk.Testing.Providers;
using Faxbot.Sdk.Webhooks;
using Xunit;

namespace Faxbot.Sdk.Testing.Contracts;

/// <summary>What holds for every plugin. The suites of the kinds of plugins derive from it: use one of them.</summary>
/// <typeparam name="TPlugin">The plugin's class.</typeparam>
public abstract class PluginContract<TPlugin> where TPlugin : Plugin, new()
{
    private readonly PluginContractOptions _options;

    /// <summary>For the package that the options name.</summary>
    protected PluginContract(PluginContractOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
    }

    /// <summary>The manifest is valid, speaks this version of the contract, and declares what the class implements.</summary>
    [Fact]
    public void The_manifest_is_valid_and_agrees_with_the_class()
    {
        var manifest = Manifest;
        Holds(CapabilityAgreement.Check(manifest, typeof(TPlugin)).Select(problem => problem.ToString()));
        Assert.True(manifest.Sdk?.Holds(SdkContract.Version) != false, $"$.sdk: this library speaks version {SdkContract.Version} of the contract, which lies outside of the range.");
    }

    /// <summary>Unknown fields and the like.</summary>
    [Fact]
    public void The_manifest_gives_no_cause_for_warnings() => Holds(PluginHarness.ReadManifest(_options.PackageFolder).Problems.Select(problem => problem.ToString()));

    /// <summary>What is secret by its name is marked so, and is then stored encrypted and shown masked.</summary>
    [Fact]
    public void Settings_that_are_secrets_are_marked_as_such() =>
        Holds((Manifest.ConfigSchema is { } schema ? ConfigSchema.UnmarkedSecrets(schema) : []).Except(_options.NotSecret).Select(path => $"{path}: by its name it is a secret. Write \"secret\": true."));

    /// <summary>Schema and plugin take valid settings.</summary>
    [Fact]
    public async Task Valid_settings_are_accepted()
    {
        Holds((await SettingsCheck.ValidateAsync(Manifest.ConfigSchema, _options.Settings)).Select(problem => $"{problem.Path}: {problem.Message}"));
        await using var harness = Harness();
        await harness.AttachAsync(new TPlugin(), TestContext.Current.CancellationToken);
    }

    /// <summary>Without one of them, the schema says which.</summary>
    [Fact]
    public async Task A_required_setting_that_is_missing_is_refused_with_its_path()
    {
        foreach (var path in SettingsCheck.Required(Manifest.ConfigSchema))
        {
            var name = $"$.{string.Join('.', path)}";
            var problems = await SettingsCheck.ValidateAsync(Manifest.ConfigSchema, SettingsCheck.Without(_options.Settings, path));
            Assert.True(problems.Any(problem => problem.Path == name), $"{name} is required; without it the schema says: {string.Join(", ", problems)}.");
        }
    }

    /// <summary>What the plugin itself finds wrong names the setting, and throws nothing.</summary>
    [Fact]
    public async Task Settings_without_anything_in_them_are_refused_with_paths_or_are_enough()
    {
        await using var harness = Harness();
        var plugin = new TPlugin();
        plugin.Attach(harness.Context);
        var problems = await plugin.ValidateConfigAsync(JsonDocument.Parse("{}").RootElement, TestContext.Current.CancellationToken);
        Holds(problems.Where(problem => !problem.Path.StartsWith('$') || problem.Message.Length == 0).Select(problem => $"\"{problem.Path}\": \"{problem.Message}\" must name a setting as $.name, and say what is wrong."));
    }

    /// <summary>Asked every few seconds, it answers.</summary>
    [Fact]
    public Task Health_is_told() => RunAsync(async (plugin, harness) =>
    {
        var health = await plugin.CheckHealthAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.True(health.Ok || health.Problems.Count > 0, "A plugin that cannot work says why.");
    });

    /// <summary>What a stranger sends to the webhook address has no effect and breaks nothing.</summary>
    [Fact]
    public Task A_webhook_of_a_stranger_changes_nothing() => RunAsync(async (plugin, harness) =>
    {
        foreach (var body in (string[])["", "{", "{}", "[1,2]", "a=b&c=d", "\0\u0001"])
        {
            var result = await plugin.HandleWebhookAsync(new WebhookRequest
            {
                Method = "POST",
                Url = harness.Context.WebhookAddress!.ToString(),
                Headers = new Dictionary<string, string> { ["content-type"] = "application/json" },
                Body = Encoding.UTF8.GetBytes(body),
            }, TestContext.Current.CancellationToken);
            Assert.True(Effects(result) == 0 && (result.Status >= 400 || !Manifest.Traits.SignedWebhooks), $"The body \"{body}\" without a signature was answered with {result.Status} and had {Effects(result)} effects.");
        }
    });

    private protected PluginManifest Manifest
    {
        get
        {
            var read = PluginHarness.ReadManifest(_options.PackageFolder);
            Assert.True(read.IsValid, string.Join('\n', read.Problems));
            return read.Manifest!;
        }
    }

    /// <summary>The provider that the plugin's HTTP requests reach; null when it has none.</summary>
    private protected virtual FakeProvider? CreateProvider() => null;

    private protected PluginHarness Harness(SimulatedCarrier? carrier = null, FakeProvider? provider = null) => PluginHarness.Create(new PluginHarnessOptions
    {
        PackageFolder = _options.PackageFolder,
        Settings = _options.Settings,
        Carrier = carrier,
        Provider = provider,
        Time = _options.Time,
    });

    /// <summary>What the tests give the plugin and must not find in its log.</summary>
    private protected virtual PersonalTexts Personal(PluginHarness harness)
    {
        var personal = new PersonalTexts();
        personal.AddText(SampleFax.Text);
        personal.AddText(SampleFax.Person);
        foreach (var secret in SettingsCheck.Secrets(harness.Context.Manifest.ConfigSchema, harness.Context.Settings)) personal.AddText(secret);
        return personal;
    }

    /// <summary>Starts the plugin, does something with it, and looks for personal data in what it logged and threw.</summary>
    private protected async Task RunAsync(Func<TPlugin, PluginHarness, Task> test, SimulatedCarrier? carrier = null, FakeProvider? provider = null)
    {
        var asked = provider ?? CreateProvider();
        await using var harness = Harness(carrier, asked);
        var plugin = await harness.AttachAsync(new TPlugin(), TestContext.Current.CancellationToken);
        try
        {
            await test(plugin, harness);
        }
        catch (Exception) when (asked?.Violations.Count > 0)
        {
            // The provider refused, and what follows from that says less than why it did.
            Holds(asked.Violations);
        }

        Holds(asked?.Violations ?? []);
        await plugin.StopAsync(TestContext.Current.CancellationToken);
        Holds(Personal(harness).FindIn(harness.Log.Lines).Select(leak => $"Personal data in the log: {leak}"));
        Holds(harness.Documents.CopiesLeft.Select(path => $"The plugin left a copy of the document behind: {Path.GetFileName(path)}. Delete what CopyToFolderAsync gave."));
    }

    /// <summary>Fails with all that is wrong.</summary>
    private protected static void Holds(IEnumerable<string> wrong)
    {
        var all = string.Join('\n', wrong);
        if (all.Length > 0) Assert.Fail(all);
    }

    /// <summary>How many things a webhook is said to have changed.</summary>
    private protected static int Effects(WebhookResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Faxes.Count + result.Messages.Count + result.InboundFaxes.Count + result.InboundMessages.Count;
    }
}
