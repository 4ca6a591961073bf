namespace Faxbot.Sdk.Trunks;

/// <summary>How sure a value is.</summary>
public enum TrunkConfidence
{
    /// <summary>The provider's own documentation says so.</summary>
    Documented,
    /// <summary>The provider's own code does so.</summary>
    Code,
    /// <summary>Others found it so.</summary>
    ThirdParty,
    /// <summary>Said somewhere, confirmed by nobody.</summary>
    Unverified,
}

/// <summary>Where a value comes from.</summary>
/// <param name="Source">A document, address or measurement.</param>
/// <param name="Confidence">How sure it is.</param>
/// <param name="Checked">When it was looked up.</param>
public sealed record TrunkEvidence(string Source, TrunkConfidence Confidence, DateOnly Checked);
