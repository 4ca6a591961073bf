using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Outcomes;

namespace Faxbot.Server.Jobs;

/// <summary>What earlier attempts taught for the next one; stored as JSON beside the fax. Null leaves it to the owner's wishes.</summary>
internal sealed record AttemptPlan
{
    /// <summary>The page to begin with, counted from 0.</summary>
    public int FirstPage { get; init; }

    /// <summary>The highest rate, bits per second.</summary>
    public int? MaxBitRate { get; init; }

    /// <summary>Whether error correction may be used.</summary>
    public bool? Ecm { get; init; }

    /// <summary>How pages are drawn.</summary>
    public PageQuality? Quality { get; init; }

    /// <summary>The medium that is needed.</summary>
    public FaxMedium? Medium { get; init; }

    /// <summary>The plugins that failed definitely and are passed over while there is another.</summary>
    public IReadOnlyList<string> PassedOver { get; init; } = [];

    /// <summary>How often all routes had been passed over and were tried anew.</summary>
    public int Rounds { get; init; }

    /// <summary>How often our own side failed before an attempt could begin.</summary>
    public int FailedPreparations { get; init; }
}
