namespace Faxbot.Client.Messages;

/// <summary>A text message to be sent. What is null is left to the gateway.</summary>
public sealed record MessageSubmission
{
    /// <summary>Who receives: E.164 with plus sign.</summary>
    public required string To { get; init; }

    /// <summary>The text.</summary>
    public required string Text { get; init; }

    /// <summary>Who sends: a number, a short code or a name.</summary>
    public string? From { get; init; }

    /// <summary>Not before.</summary>
    public DateTimeOffset? SendAt { get; init; }

    /// <summary>The plugin that must carry it.</summary>
    public string? Plugin { get; init; }

    /// <summary>The owner's own name for it.</summary>
    public string? ClientReference { get; init; }
}
