namespace Faxbot.Sdk.Trunks;

/// <summary>What the trunk takes.</summary>
public sealed record TrunkLimits
{
    /// <summary>Calls at once; null for no limit of the trunk's.</summary>
    public int? MaxCalls { get; init; }

    /// <summary>New calls in a second; null for no limit of the trunk's.</summary>
    public double? CallsPerSecond { get; init; }

    /// <summary>How long a call may last; null for no limit of the trunk's.</summary>
    public TimeSpan? MaxCallDuration { get; init; }
}
