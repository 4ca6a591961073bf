using Faxbot.Imaging.Pages;

namespace Faxbot.Fax.Negotiation;

/// <summary>What this side allows a call to use, whatever the receiver offers.</summary>
public sealed record TransmitterLimits
{
    /// <summary>Error correction mode.</summary>
    public bool Ecm { get; init; } = true;

    /// <summary>Bits per second.</summary>
    public int MaxBitRate { get; init; } = 14_400;

    /// <summary>The densest coding: MH allows MH alone, MR also MH, MMR all three.</summary>
    public FaxCoding BestCoding { get; init; } = FaxCoding.Mmr;
}
