using System.Text.Json;
using System.Text.Json.Nodes;
using Faxbot.Sdk;
using Faxbot.Sdk.Manifests;
using Faxbot.Sdk.Numbers;
using Faxbot.Sdk.Wire;

namespace Faxbot.Cli.Plugins;

/// <summary>
/// Looks at a package as the gateway would: its manifest and schema first; then its process is started with made-up settings and asked what every
/// plugin must answer; what it logs meanwhile is searched for what was told to it. Nothing is sent to anybody.
/// </summary>
internal sealed class PackageVerification(string package)
{
    private const string Number = "+12125550142", Text = "Laboratory report of Erika Mustermann";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30), HealthLimit = TimeSpan.FromSeconds(10), EndLimit = TimeSpan.FromSeconds(5);

    private readonly List<string> _wrong = [];
    private readonly PersonalTexts _personal = new();

    /// <summary>What keeps the gateway from running it as it is.</summary>
    public IReadOnlyList<string> Wrong => _wrong;

    /// <summary>The manifest, where it can be read.</summary>
    public PluginManifest? Manifest { get; private set; }

    /// <summary>Does all of it.</summary>
    /// <param name="settings">Settings to start with; null makes some up.</param>
    public async Task RunAsync(JsonObject? settings)
    {
        if (ReadManifest() is not { } manifest) return;
        List<string> missing = [];
        var given = settings ?? SampleSettings.Make(manifest.ConfigSchema, missing);
        if (missing.Count > 0)
        {
            _wrong.Add($"{string.Join(", ", missing)}: no value could be made up from the schema. Give settings with --settings.");
            return;
        }

        Remember(manifest, given);
        var own = Directory.CreateTempSubdirectory("faxbot-verify-").FullName;
        try
        {
            await SpeakAsync(manifest, given, own);
        }
        catch (Exception broken) when (broken is TimeoutException or EndOfStreamException)
        {
            _wrong.Add($"The plugin's process: {broken.Message}");
        }
        finally
        {
            Directory.Delete(own, recursive: true);
        }
    }

    private PluginManifest? ReadManifest()
    {
        var path = Path.Combine(package, ManifestValidator.FileName);
        if (!File.Exists(path))
        {
            _wrong.Add($"The package has no {ManifestValidator.FileName}.");
            return null;
        }

        var read = ManifestValidator.Validate(File.ReadAllText(path));
        _wrong.AddRange(read.Problems.Select(problem => problem.ToString()));
        Manifest = read.Manifest;
        if (Manifest is { ConfigSchema: { } schema })
            _wrong.AddRange(ConfigSchema.UnmarkedSecrets(schema).Select(secret => $"{secret}: by its name it is a secret. Write \"secret\": true, or give it another name."));
        if (Manifest?.Icon is { } icon && !File.Exists(Path.Combine(package, icon))) _wrong.Add($"$.icon: the package has no {icon}.");
        return Manifest;
    }

    private void Remember(PluginManifest manifest, JsonObject settings)
    {
        _personal.AddNumber(Number);
        _personal.AddText(Text);
        if (manifest.ConfigSchema is not { } schema) return;
        foreach (var path in ConfigSchema.SecretPaths(schema))
        {
            if (path.Aggregate((JsonNode?)settings, (node, name) => (node as JsonObject)?[name]) is JsonValue secret) _personal.AddText(secret.ToString());
        }
    }

    private async Task SpeakAsync(PluginManifest manifest, JsonObject settings, string own)
    {
        await using var plugin = PluginConversation.Start(package, own);
        if (await InitializeAsync(plugin, manifest, settings, own) && await ValidateAsync(plugin, settings) && await StartAsync(plugin))
        {
            await CheckHealthAsync(plugin);
            await TryWebhooksAsync(plugin, manifest);
            await TrySendingAsync(plugin, manifest);
            await ExpectErrorAsync(plugin, "no_such_method", "a method that does not exist");
            if (Errors(await plugin.AskAsync(WireMethods.Stop, [], StartLimit)) is { } refused) _wrong.Add($"stop: {refused}");
        }

        if (await plugin.EndAsync(EndLimit) is not { } code) _wrong.Add($"The process does not end when its input is closed, within {EndLimit.TotalSeconds:0} s.");
        else if (code != 0) _wrong.Add($"The process ended with exit code {code}.");
        _wrong.AddRange(_personal.FindIn(plugin.Log).Select(leak => $"Personal data in the log: {leak}"));
    }

    private async Task<bool> InitializeAsync(PluginConversation plugin, PluginManifest manifest, JsonObject settings, string own)
    {
        var answer = await plugin.AskAsync(WireMethods.Initialize, new JsonObject
        {
            ["contract"] = new JsonObject { ["minimum"] = SdkContract.Version, ["maximum"] = SdkContract.Version },
            ["plugin_id"] = manifest.Id,
            ["settings"] = settings.DeepClone(),
            ["folder"] = own,
            ["webhook_address"] = "https://gateway.example/webhooks/plugin",
            ["limits"] = new JsonObject { ["message_octets"] = 16 << 20, ["call_time"] = "00:01:00", ["calls_at_once"] = 256 },
        }, StartLimit);
        if (Errors(answer) is { } refused)
        {
            _wrong.Add($"initialize: {refused}");
            return false;
        }

        var implemented = (answer["result"]?["capabilities"] as JsonArray ?? []).Select(name => name?.ToString()).ToHashSet();
        if (!implemented.SetEquals(manifest.Capabilities))
            _wrong.Add($"initialize: the plugin implements {string.Join(", ", implemented)}, and $.capabilities declares {string.Join(", ", manifest.Capabilities)}.");
        return true;
    }

    private async Task<bool> ValidateAsync(PluginConversation plugin, JsonObject settings)
    {
        await plugin.AskAsync(WireMethods.ValidateConfig, new JsonObject { ["settings"] = new JsonObject() }, StartLimit);
        var answer = await plugin.AskAsync(WireMethods.ValidateConfig, new JsonObject { ["settings"] = settings.DeepClone() }, StartLimit);
        if (Errors(answer) is { } refused) _wrong.Add($"validate_config: {refused}");
        var problems = answer["result"] as JsonArray ?? [];
        _wrong.AddRange(problems.Select(problem => $"validate_config: {problem?["path"]}: {problem?["message"]} (Give settings with --settings if those made up from the schema cannot do.)"));
        return answer["error"] is null && problems.Count == 0;
    }

    private async Task<bool> StartAsync(PluginConversation plugin)
    {
        if (Errors(await plugin.AskAsync(WireMethods.Start, [], StartLimit)) is not { } refused) return true;
        _wrong.Add($"start: {refused}");
        return false;
    }

    private async Task CheckHealthAsync(PluginConversation plugin)
    {
        var answer = await plugin.AskAsync(WireMethods.CheckHealth, [], HealthLimit);
        if (answer["result"]?["ok"] is null) _wrong.Add($"check_health: it must answer {{ \"ok\", \"problems\" }}: {Errors(answer) ?? "it answered something else."}");
    }

    private async Task TryWebhooksAsync(PluginConversation plugin, PluginManifest manifest)
    {
        var answer = await plugin.AskAsync(WireMethods.HandleWebhook, new JsonObject
        {
            ["request"] = new JsonObject
            {
                ["method"] = "POST",
                ["url"] = "https://gateway.example/webhooks/plugin",
                ["headers"] = new JsonObject { ["content-type"] = "application/json" },
                ["body"] = Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(new { to = Number, text = Text })),
            },
        }, StartLimit);
        if (Errors(answer) is { } broken)
        {
            _wrong.Add($"handle_webhook: what a stranger sends must be answered with 4xx: {broken}");
            return;
        }

        var status = (int?)answer["result"]?["status"] ?? 0;
        if (manifest.Traits.SignedWebhooks && status is not (401 or 403)) _wrong.Add($"handle_webhook: $.traits.signed_webhooks is promised, and a webhook without a signature was answered with {status} and not 401.");
    }

    // Only where the hosts that it may reach say that nothing can leave.
    private async Task TrySendingAsync(PluginConversation plugin, PluginManifest manifest)
    {
        if (manifest.Entry is not null || manifest.AllowedHosts.Count > 0 || !manifest.Capabilities.Contains("send_fax")) return;
        var fax = new JsonObject { ["job_id"] = "job-1", ["attempt_id"] = "attempt-1", ["to"] = Number, ["document"] = new JsonObject { ["id"] = "letter", ["media_type"] = "application/pdf", ["pages"] = 1 } };
        var answer = await plugin.AskAsync("send_fax", new JsonObject { ["fax"] = fax }, StartLimit);
        if ((int?)answer["error"]?["code"] != WireErrors.Rejected) _wrong.Add($"send_fax: the line refused the call, and that must reach the gateway as {WireErrors.Rejected}: {Errors(answer) ?? "it was told as sent."}");
    }

    private async Task ExpectErrorAsync(PluginConversation plugin, string method, string what)
    {
        if ((await plugin.AskAsync(method, [], StartLimit))["error"] is null) _wrong.Add($"The plugin answers {what} as if it knew it; it must answer -32601.");
    }

    private static string? Errors(JsonObject answer) => answer["error"] is { } error ? $"{error["message"]} ({error["code"]})" : null;
}
