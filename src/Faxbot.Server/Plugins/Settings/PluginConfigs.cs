using System.Text.Json.Nodes;
using Faxbot.Sdk.Plugins;
using Faxbot.Server.Plugins.Packages;

namespace Faxbot.Server.Plugins.Settings;

/// <summary>
/// Reads and changes the settings of plugins, whether they run or not and also while a package is broken: then nothing is checked, and what
/// was secret stays so. Thread-safe.
/// </summary>
internal sealed class PluginConfigs(PluginPackages packages, PluginSettings settings, PluginOptions options, TimeProvider time)
{
    /// <summary>The settings in force with masked secrets; null when there is no such plugin.</summary>
    public async Task<PluginConfig?> FindAsync(string pluginId, CancellationToken cancel)
    {
        var (package, revision) = (packages.Find(pluginId), await settings.FindAsync(pluginId, cancel));
        return package is null && revision is null ? null : Show(package, revision ?? First(pluginId));
    }

    /// <summary>All that was ever in force, the newest first.</summary>
    public async Task<IReadOnlyList<PluginConfig>> HistoryAsync(string pluginId, CancellationToken cancel) =>
        [.. (await settings.HistoryAsync(pluginId, cancel)).Select(revision => Show(packages.Find(pluginId), revision))];

    /// <summary>Stores wanted settings as the next revision.</summary>
    public async Task<PluginConfigAnswer> PutAsync(string pluginId, PluginConfigChange change, CancellationToken cancel)
    {
        var (package, current) = (packages.Find(pluginId), await settings.FindAsync(pluginId, cancel));
        if (package is null && current is null) return new PluginConfigAnswer(PluginConfigAnswerKind.UnknownPlugin, null, []);
        current ??= First(pluginId);
        if (current.Revision != change.Revision) return new PluginConfigAnswer(PluginConfigAnswerKind.Conflict, Show(package, current), []);
        var (next, problems) = await NextAsync(package, current, change, cancel);
        if (problems.Count > 0) return new PluginConfigAnswer(PluginConfigAnswerKind.Invalid, Show(package, current), problems);
        if (await settings.AddAsync(next, cancel)) return new PluginConfigAnswer(PluginConfigAnswerKind.Saved, Show(package, next), []);
        return new PluginConfigAnswer(PluginConfigAnswerKind.Conflict, await FindAsync(pluginId, cancel), []);
    }

    /// <summary>The revision that a change would make, and what is wrong with it; nothing is stored.</summary>
    public async Task<(PluginRevision Next, IReadOnlyList<ConfigProblem> Problems)> NextAsync(
        PluginPackage? package, PluginRevision current, PluginConfigChange change, CancellationToken cancel)
    {
        var schema = new SettingsSchema(package?.Manifest?.ConfigSchema);
        var masked = (JsonObject)change.Settings.DeepClone();
        var secrets = SettingsSecrets.TakeOut(masked, schema.SecretPointers.Union(current.Secrets.Keys));
        List<ConfigProblem> problems = [.. CheckLimits(change.Limits)];
        foreach (var pointer in secrets.Where(secret => secret.Value == SettingsSecrets.Mask).Select(secret => secret.Key).ToArray())
        {
            if (current.Secrets.TryGetValue(pointer, out var kept)) secrets[pointer] = kept;
            else problems.Add(new ConfigProblem($"$.{pointer[1..].Replace('/', '.')}", "No value is kept for it: give one."));
        }

        // A plugin that is switched off may keep settings that do not fit, or it could not be switched off any more.
        if (change.Enabled) problems.AddRange(await schema.ValidateAsync(SettingsSecrets.PutBack(masked, secrets), cancel));
        return (new PluginRevision
        {
            PluginId = current.PluginId,
            Revision = current.Revision + 1,
            Enabled = change.Enabled,
            Masked = masked,
            Secrets = secrets,
            Limits = change.Limits,
            ChangedAt = time.GetUtcNow(),
            ChangedBy = change.ChangedBy,
        }, problems);
    }

    /// <summary>What holds while nobody has said anything.</summary>
    public PluginRevision First(string pluginId) => new()
    {
        PluginId = pluginId, Revision = 0, Enabled = options.EnabledAtFirst.Contains(pluginId), Masked = [], Secrets = new Dictionary<string, string>(),
    };

    private static IEnumerable<ConfigProblem> CheckLimits(BackendLimits limits)
    {
        if (limits.Channels is < 1) yield return new ConfigProblem("$.limits.channels", "It must be 1 or more; leave it out for no limit.");
        if (limits.CallsPerSecond is not null and not > 0) yield return new ConfigProblem("$.limits.calls_per_second", "It must be more than 0; leave it out for no limit.");
    }

    // What the schema marks as secret since the settings were stored is masked as well.
    private static PluginConfig Show(PluginPackage? package, PluginRevision revision)
    {
        var shown = (JsonObject)revision.Masked.DeepClone();
        SettingsSecrets.TakeOut(shown, new SettingsSchema(package?.Manifest?.ConfigSchema).SecretPointers);
        return new PluginConfig(
            revision.PluginId, revision.Enabled, shown, revision.Limits, revision.Revision, revision.Revision == 0 ? null : revision.ChangedAt, revision.ChangedBy);
    }
}
