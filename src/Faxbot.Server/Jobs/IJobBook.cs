namespace Faxbot.Server.Jobs;

/// <summary>What the API does with faxes. Thread-safe. All writes are durable when they return.</summary>
internal interface IJobBook
{
    /// <summary>Accepts a fax; the same idempotency key gives the fax of the first request.</summary>
    Task<Acceptance> AcceptAsync(NewFax fax, CancellationToken cancel);

    /// <summary>The fax, if that key owns it; <paramref name="keyId"/> null sees all.</summary>
    Task<FaxJob?> FindAsync(string id, string? keyId, CancellationToken cancel);

    Task<JobPage> ListAsync(JobQuery query, CancellationToken cancel);

    Task<IReadOnlyList<FaxAttempt>> AttemptsAsync(string faxId, CancellationToken cancel);

    /// <summary>Asks for its end at any time; one that waits is cancelled at once.</summary>
    /// <returns>The fax after that; null when there is none. A final one stays as it is.</returns>
    Task<FaxJob?> CancelAsync(string id, string? keyId, CancellationToken cancel);

    /// <summary>A person decides about a fax whose outcome is unknown.</summary>
    /// <returns>The fax after that; null when there is none or it is not unknown.</returns>
    Task<FaxJob?> ResolveAsync(string id, bool arrived, CancellationToken cancel);

    /// <summary>Events after that one, oldest first; null ids see all, of faxes and of all else, or all keys.</summary>
    Task<IReadOnlyList<JobEvent>> EventsAsync(long after, string? faxId, string? keyId, int limit, CancellationToken cancel);

    /// <summary>Events after that one that pass the filter, oldest first.</summary>
    Task<IReadOnlyList<JobEvent>> EventsAsync(long after, EventFilter filter, int limit, CancellationToken cancel);

    /// <summary>The number of the last event; who goes on after it hears only what is new.</summary>
    Task<long> LastEventAsync(CancellationToken cancel);

    /// <summary>Ends when something happened after this call; who follows events calls it before he reads them, and awaits it after.</summary>
    Task ChangedAsync(CancellationToken cancel);
}

/// <summary>What became of a request to send.</summary>
/// <param name="Job">The fax.</param>
/// <param name="Kind">Whether it is new.</param>
internal sealed record Acceptance(FaxJob Job, AcceptanceKind Kind);

internal enum AcceptanceKind
{
    /// <summary>A new fax.</summary>
    Created,
    /// <summary>The fax of the first request with that idempotency key.</summary>
    Repeated,
    /// <summary>The idempotency key was used for another request.</summary>
    Conflict,
}
