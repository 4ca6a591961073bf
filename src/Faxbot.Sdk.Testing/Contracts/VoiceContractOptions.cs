using Faxbot.Sdk.Testing.Carriers;

namespace Faxbot.Sdk.Testing.Contracts;

/// <summary>A package that calls over a SIP trunk and plays recordings, and the provider that it is for.</summary>
public sealed record VoiceContractOptions : PluginContractOptions
{
    /// <summary>What the provider's servers want.</summary>
    public required CarrierRules Carrier { get; init; }
}
