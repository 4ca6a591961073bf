using System.Text.Json.Nodes;
using Faxbot.Sdk.Plugins;

namespace Faxbot.Server.Plugins.Settings;

/// <summary>What people see of a plugin's settings: secrets are masked.</summary>
internal sealed record PluginConfig(string PluginId, bool Enabled, JsonObject Settings, BackendLimits Limits, long Revision, DateTimeOffset? ChangedAt, string? ChangedBy);

/// <summary>What people want the settings to be. A secret that is still masked keeps its value.</summary>
/// <param name="Enabled">Whether it is to run.</param>
/// <param name="Settings">All of the settings.</param>
/// <param name="Limits">What its provider or trunk takes at a time.</param>
/// <param name="Revision">The revision that was looked at when this was decided.</param>
/// <param name="ChangedBy">The API key.</param>
internal sealed record PluginConfigChange(bool Enabled, JsonObject Settings, BackendLimits Limits, long Revision, string? ChangedBy);

/// <summary>What became of a change.</summary>
/// <param name="Kind">In one word.</param>
/// <param name="Config">What is in force now.</param>
/// <param name="Problems">What is wrong with the wanted settings.</param>
internal sealed record PluginConfigAnswer(PluginConfigAnswerKind Kind, PluginConfig? Config, IReadOnlyList<ConfigProblem> Problems);

/// <summary>The ends of a change of settings.</summary>
internal enum PluginConfigAnswerKind
{
    Saved,
    /// <summary>Somebody else was faster: look at what is in force, and decide again.</summary>
    Conflict,
    Invalid,
    UnknownPlugin,
}
