using System.Text.Json;
using Faxbot.Sdk.Lines;
using Faxbot.Sdk.Manifests;
using Microsoft.Extensions.Logging;

namespace Faxbot.Sdk.Context;

/// <summary>What the gateway gives a plugin. All of it may be used from several threads.</summary>
public sealed class PluginContext
{
    /// <summary>The manifest of the plugin's package.</summary>
    public required PluginManifest Manifest { get; init; }

    /// <summary>The settings, secrets included, valid against the schema. New settings come with a new process.</summary>
    public required JsonElement Settings { get; init; }

    /// <summary>Turns documents into what is sent.</summary>
    public required IPluginDocuments Documents { get; init; }

    /// <summary>What can carry a call.</summary>
    public required IPluginLines Lines { get; init; }

    /// <summary>Jobs, as far as a plugin may touch them.</summary>
    public required IPluginJobs Jobs { get; init; }

    /// <summary>Reaches the manifest's <c>allowed_hosts</c> over HTTPS and nothing else; retries what may be repeated.</summary>
    public required HttpClient Http { get; init; }

    /// <summary>The log. Numbers, names and page content never go there; <see cref="Numbers.PhoneNumber"/> masks itself.</summary>
    public required ILogger Logger { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>The folder of the plugin's package; read-only.</summary>
    public required string Package { get; init; }

    /// <summary>The plugin's own folder; survives restarts, goes with the plugin.</summary>
    public required string Folder { get; init; }

    /// <summary>The address under which the gateway takes this plugin's webhooks; null when it has no public address.</summary>
    public Uri? WebhookAddress { get; init; }

    /// <summary>The settings as a record of the plugin's, by the contract's JSON rules.</summary>
    /// <exception cref="JsonException">The record does not fit the schema.</exception>
    public T SettingsAs<T>() =>
        Settings.Deserialize<T>(SdkJson.Options) ?? throw new JsonException("The settings are null.");
}
