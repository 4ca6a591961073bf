using System.Text.Json;
using Faxbot.Sdk.Manifests;

namespace Faxbot.Sdk.Wire;

/// <summary>The first message to a plugin's process: all that it is given.</summary>
internal sealed record InitializeRequest
{
    /// <summary>The contract versions that the gateway speaks.</summary>
    public required ContractRange Contract { get; init; }

    public required string PluginId { get; init; }

    /// <summary>The settings, secrets included.</summary>
    public required JsonElement Settings { get; init; }

    /// <summary>The plugin's own folder.</summary>
    public required string Folder { get; init; }

    /// <summary>Where the gateway takes its webhooks; null without a public address.</summary>
    public Uri? WebhookAddress { get; init; }

    public required WireLimits Limits { get; init; }

    /// <summary>As the named parameters of the message.</summary>
    public Dictionary<string, object?> ToParameters() => new()
    {
        ["contract"] = Contract,
        ["plugin_id"] = PluginId,
        ["settings"] = Settings,
        ["folder"] = Folder,
        ["webhook_address"] = WebhookAddress,
        ["limits"] = Limits,
    };
}

/// <summary>The plugin's answer.</summary>
internal sealed record InitializeResult
{
    /// <summary>The contract version that it chose out of the range.</summary>
    public required int Contract { get; init; }

    /// <summary>What it implements; the same as its manifest declares.</summary>
    public required IReadOnlyList<string> Capabilities { get; init; }
}

/// <summary>What the gateway bears with.</summary>
/// <param name="MessageOctets">The largest message.</param>
/// <param name="CallTime">How long a call may take.</param>
/// <param name="CallsAtOnce">How many requests of the plugin may be open.</param>
internal sealed record WireLimits(int MessageOctets, TimeSpan CallTime, int CallsAtOnce);
