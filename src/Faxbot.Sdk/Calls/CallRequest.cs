using Faxbot.Sdk.Accounts;
using Faxbot.Sdk.Context;
using Faxbot.Sdk.Numbers;

namespace Faxbot.Sdk.Calls;

/// <summary>One attempt to call somebody and play a recording.</summary>
public sealed record CallRequest
{
    /// <summary>The call; the same in all its attempts.</summary>
    public required string JobId { get; init; }

    /// <summary>This attempt.</summary>
    public required string AttemptId { get; init; }

    /// <summary>Who is called.</summary>
    public required PhoneNumber To { get; init; }

    /// <summary>Who calls; null leaves it to the plugin's settings.</summary>
    public PhoneNumber? From { get; init; }

    /// <summary>What is played: a WAV file, <c>audio/wav</c>. Personal data.</summary>
    public required DocumentHandle Recording { get; init; }
}

/// <summary>The provider or line has taken the call.</summary>
/// <param name="ProviderId">Its id there.</param>
/// <param name="Backend">The plugin's id.</param>
public sealed record CallResult(string ProviderId, string Backend)
{
    /// <summary>What it will probably cost.</summary>
    public Money? EstimatedCost { get; init; }
}

/// <summary>Names an attempt when it is asked about.</summary>
public sealed record CallReference
{
    /// <summary>The call.</summary>
    public required string JobId { get; init; }

    /// <summary>The attempt.</summary>
    public required string AttemptId { get; init; }

    /// <summary>What <see cref="CallResult"/> said; null when that answer was lost.</summary>
    public string? ProviderId { get; init; }
}
