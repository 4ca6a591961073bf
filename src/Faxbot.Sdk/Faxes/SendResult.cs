using Faxbot.Sdk.Accounts;

namespace Faxbot.Sdk.Faxes;

/// <summary>The provider or line has taken the fax.</summary>
/// <param name="ProviderId">Its id there: a call, a message, a job.</param>
/// <param name="Backend">The plugin's id.</param>
public sealed record SendResult(string ProviderId, string Backend)
{
    /// <summary>What it will probably cost.</summary>
    public Money? EstimatedCost { get; init; }
}

/// <summary>Names an attempt when it is asked about.</summary>
public sealed record FaxReference
{
    /// <summary>The fax.</summary>
    public required string JobId { get; init; }

    /// <summary>The attempt.</summary>
    public required string AttemptId { get; init; }

    /// <summary>What <see cref="SendResult"/> said; null when that answer was lost.</summary>
    public string? ProviderId { get; init; }
}
