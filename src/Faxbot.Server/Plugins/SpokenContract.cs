using System.Globalization;
using Faxbot.Sdk;
using Faxbot.Sdk.Manifests;

namespace Faxbot.Server.Plugins;

/// <summary>The versions of the contract that this gateway speaks.</summary>
internal static class SpokenContract
{
    public static ContractRange Range { get; } = new(SdkContract.Version, SdkContract.Version);

    /// <summary>Whether a plugin that was made for these versions can be spoken with.</summary>
    public static bool IsSpokenBy(ContractRange plugin) => plugin.Holds(SdkContract.Version);

    /// <summary>Why a plugin of another contract is not run, and what to do.</summary>
    public static string Refusal(ContractRange other) => string.Create(
        CultureInfo.InvariantCulture,
        $"It speaks the contract of version {other.Minimum} to {other.Maximum}, and this gateway that of version {SdkContract.Version}: install another version of the plugin or of the gateway.");
}
