namespace Faxbot.Client.Faxes;

/// <summary>A fax to be sent. What is null is left to the gateway.</summary>
public sealed record FaxSubmission
{
    /// <summary>Who receives: E.164 with plus sign, or as the gateway's trunk takes it.</summary>
    public required string To { get; init; }

    /// <summary>The document's content; read to its end.</summary>
    public required Stream Document { get; init; }

    /// <summary>A name for the document; says nothing about its type.</summary>
    public string FileName { get; init; } = "document";

    /// <summary>Who sends.</summary>
    public string? From { get; init; }

    /// <summary><c>standard</c>, <c>fine</c> or <c>superfine</c>.</summary>
    public string? Quality { get; init; }

    /// <summary>Whether error correction may be used.</summary>
    public bool? Ecm { get; init; }

    /// <summary>The highest rate, bits per second.</summary>
    public int? MaxRate { get; init; }

    /// <summary>The sender's name in the header line; empty draws none.</summary>
    public string? Header { get; init; }

    /// <summary>A subaddress at the receiver.</summary>
    public string? Subaddress { get; init; }

    /// <summary>The plugin that must carry it.</summary>
    public string? Plugin { get; init; }

    /// <summary>-9 to 9; higher goes first.</summary>
    public int? Priority { get; init; }

    /// <summary>Not before.</summary>
    public DateTimeOffset? SendAt { get; init; }

    /// <summary>The caller's own name for the request: a second one with it gets the first one's fax.</summary>
    public string? IdempotencyKey { get; init; }
}
