using Faxbot.Sdk.Testing.Carriers;
using Faxbot.Sdk.Testing.Providers;

namespace Faxbot.Sdk.Testing.Harness;

/// <summary>What a <see cref="PluginHarness"/> gives a plugin.</summary>
public sealed record PluginHarnessOptions
{
    /// <summary>The folder of the package: its <c>manifest.json</c> and what else it reads.</summary>
    public required string PackageFolder { get; init; }

    /// <summary>The settings as JSON.</summary>
    public string Settings { get; init; } = "{}";

    /// <summary>The carrier to which all trunks lead; null when the plugin has no calls to place.</summary>
    public SimulatedCarrier? Carrier { get; init; }

    /// <summary>The provider that <c>Context.Http</c> reaches; null reaches nobody.</summary>
    public FakeProvider? Provider { get; init; }

    /// <summary>The clock of <c>Context.Time</c> and of the lines; null is the machine's. A virtual one makes a plugin's waits pass at once.</summary>
    public TimeProvider? Time { get; init; }

    /// <summary>Where the gateway takes the plugin's webhooks.</summary>
    public Uri WebhookAddress { get; init; } = new("https://gateway.example/webhooks/plugin");
}
