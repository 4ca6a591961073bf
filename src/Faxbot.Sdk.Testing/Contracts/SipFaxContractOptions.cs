using Faxbot.Sdk.Testing.Carriers;

namespace Faxbot.Sdk.Testing.Contracts;

/// <summary>A package for a SIP trunk, and the provider that it is for.</summary>
public sealed record SipFaxContractOptions : PluginContractOptions
{
    /// <summary>What the provider's servers want.</summary>
    public required CarrierRules Carrier { get; init; }
}
