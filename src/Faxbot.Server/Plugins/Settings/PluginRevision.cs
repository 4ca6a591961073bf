using System.Text.Json.Nodes;

namespace Faxbot.Server.Plugins.Settings;

/// <summary>The settings of a plugin as they were at one time.</summary>
internal sealed record PluginRevision
{
    public required string PluginId { get; init; }

    /// <summary>Counted from 1; 0 where nothing was said yet.</summary>
    public required long Revision { get; init; }

    public required bool Enabled { get; init; }

    /// <summary>The settings, with <see cref="SettingsSecrets.Mask"/> where a secret stands. Not to be changed.</summary>
    public required JsonObject Masked { get; init; }

    /// <summary>The secrets by JSON pointer.</summary>
    public required IReadOnlyDictionary<string, string> Secrets { get; init; }

    public BackendLimits Limits { get; init; } = new(null, null);

    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>The API key that changed it; null for the gateway itself.</summary>
    public string? ChangedBy { get; init; }
}
