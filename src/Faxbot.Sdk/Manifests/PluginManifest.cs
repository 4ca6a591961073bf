using System.Text.Json;
using System.Text.Json.Serialization;

namespace Faxbot.Sdk.Manifests;

/// <summary>
/// What <c>manifest.json</c> at the root of a package says. Only the first four are required. Words stand as they are written there;
/// <see cref="CapabilityTypes"/> says which are known.
/// </summary>
public sealed record PluginManifest
{
    /// <summary>Lower-case letters, digits and hyphens, such as <c>faxbot-sip-flowroute</c>; unique, never changed.</summary>
    public required string Id { get; init; }

    /// <summary>The name for people.</summary>
    public required string Name { get; init; }

    /// <summary>What kind of plugin it is: <c>outbound</c>, <c>inbound</c>, <c>messaging</c>.</summary>
    public required IReadOnlyList<string> Categories { get; init; }

    /// <summary>What it can do, such as <c>send_fax</c>.</summary>
    public required IReadOnlyList<string> Capabilities { get; init; }

    /// <summary>The version for people; null takes the package's.</summary>
    public string? Version { get; init; }

    /// <summary>What it is for, in a sentence.</summary>
    public string? Description { get; init; }

    /// <summary>Who made it.</summary>
    public string? Author { get; init; }

    /// <summary>An SPDX expression.</summary>
    public string? License { get; init; }

    /// <summary>Where to read more.</summary>
    public string? Homepage { get; init; }

    /// <summary>A file of the package, PNG or SVG.</summary>
    public string? Icon { get; init; }

    /// <summary>Which versions of the contract it speaks; null is the one that it was built with.</summary>
    public ContractRange? Sdk { get; init; }

    /// <summary>The command line of a plugin in another language, run in the package's folder; null for a .NET assembly.</summary>
    public IReadOnlyList<string>? Entry { get; init; }

    /// <summary>A JSON Schema of the settings; <c>"secret": true</c> at a property marks a secret.</summary>
    public JsonElement? ConfigSchema { get; init; }

    /// <summary>What the gateway may rely on.</summary>
    public PluginTraits Traits { get; init; } = new();

    /// <summary>The hosts that its HTTP client may reach, <c>api.example.com</c> or <c>*.example.com</c>.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Where the provider works, as its own words or ISO 3166 codes.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>Fields that this version does not know; they are kept and named in warnings.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; init; }
}

/// <summary>A range of contract versions.</summary>
/// <param name="Minimum">The lowest that will do.</param>
/// <param name="Maximum">The highest that was tested.</param>
public sealed record ContractRange(int Minimum, int Maximum)
{
    /// <summary>Whether <paramref name="version"/> lies in it.</summary>
    public bool Holds(int version) => version >= Minimum && version <= Maximum;
}
