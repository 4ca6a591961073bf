using Faxbot.Sdk.Accounts;
using Faxbot.Sdk.Numbers;

namespace Faxbot.Sdk.Messages;

/// <summary>One attempt to send one text message.</summary>
public sealed record MessageRequest
{
    /// <summary>The message; the same in all its attempts.</summary>
    public required string JobId { get; init; }

    /// <summary>This attempt.</summary>
    public required string AttemptId { get; init; }

    /// <summary>Who receives.</summary>
    public required PhoneNumber To { get; init; }

    /// <summary>Who sends; null leaves it to the plugin's settings.</summary>
    public PhoneNumber? From { get; init; }

    /// <summary>The text. Personal data.</summary>
    public required string Text { get; init; }
}

/// <summary>The provider has taken the message.</summary>
/// <param name="ProviderId">Its id there.</param>
/// <param name="Backend">The plugin's id.</param>
public sealed record MessageResult(string ProviderId, string Backend)
{
    /// <summary>What it will probably cost.</summary>
    public Money? EstimatedCost { get; init; }
}

/// <summary>Names an attempt when it is asked about.</summary>
public sealed record MessageReference
{
    /// <summary>The message.</summary>
    public required string JobId { get; init; }

    /// <summary>The attempt.</summary>
    public required string AttemptId { get; init; }

    /// <summary>What <see cref="MessageResult"/> said; null when that answer was lost.</summary>
    public string? ProviderId { get; init; }
}
