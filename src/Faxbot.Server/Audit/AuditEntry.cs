namespace Faxbot.Server.Audit;

/// <summary>Something that somebody did and others may have to account for. Ids only: no number, name or content.</summary>
internal sealed record AuditEntry
{
    /// <summary>Rises.</summary>
    public long Id { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>The API key, or <see cref="DocumentToken"/>.</summary>
    public required string Actor { get; init; }

    /// <summary>What was done: one of <see cref="AuditAction"/>.</summary>
    public required string Action { get; init; }

    /// <summary>The id of what it was done to.</summary>
    public required string Subject { get; init; }

    /// <summary>The network address that it came from.</summary>
    public string? Address { get; init; }

    /// <summary>A word more, such as how a fax was resolved.</summary>
    public string? Detail { get; init; }

    /// <summary>The actor of who showed a token for one document in place of a key.</summary>
    public const string DocumentToken = "document-token";
}
