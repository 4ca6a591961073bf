using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Numbers;
using Faxbot.Sdk.Outcomes;

namespace Faxbot.Server.Jobs;

/// <summary>A fax as its row tells it.</summary>
internal sealed record FaxJob
{
    /// <summary>32 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>The API key that owns it.</summary>
    public required string KeyId { get; init; }

    /// <summary>Who receives.</summary>
    public required PhoneNumber To { get; init; }

    /// <summary>Who sends.</summary>
    public PhoneNumber? From { get; init; }

    /// <summary>The accepted document in the content store.</summary>
    public required string Document { get; init; }

    /// <summary>Its type, as sniffed.</summary>
    public required string MediaType { get; init; }

    /// <summary>Pages, once drawn.</summary>
    public int? Pages { get; init; }

    /// <summary>How it is to be sent.</summary>
    public required JobOptions Options { get; init; }

    /// <summary>Higher goes first.</summary>
    public int Priority { get; init; }

    /// <summary>Where it stands.</summary>
    public required JobState State { get; init; }

    /// <summary>What earlier attempts taught for the next one.</summary>
    public AttemptPlan Plan { get; init; } = new();

    /// <summary>The outcome of the last attempt, or of the whole when the state is final.</summary>
    public FaxOutcome? Outcome { get; init; }

    /// <summary>The plugin of the last attempt.</summary>
    public string? PluginId { get; init; }

    /// <summary>The provider's id of the last attempt.</summary>
    public string? ProviderId { get; init; }

    /// <summary>Calls that were placed.</summary>
    public int Dials { get; init; }

    /// <summary>Calls that reached a fax machine.</summary>
    public int Tries { get; init; }

    /// <summary>Pages from the first on that the far end confirmed, over all attempts.</summary>
    public int ConfirmedPages { get; init; }

    /// <summary>Whether somebody asked for its end.</summary>
    public bool CancelRequested { get; init; }

    /// <summary>The fax that this one repeats.</summary>
    public string? ResendOf { get; init; }

    /// <summary>Not before.</summary>
    public required DateTimeOffset DueAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }
}

/// <summary>How a fax is to be sent, as its owner asked; stored as JSON.</summary>
internal sealed record JobOptions
{
    /// <summary>How pages are drawn.</summary>
    public PageQuality Quality { get; init; }

    /// <summary>Whether error correction may be used.</summary>
    public bool Ecm { get; init; } = true;

    /// <summary>The highest rate, bits per second.</summary>
    public int MaxBitRate { get; init; } = 14_400;

    /// <summary>The header line: null the gateway's, empty none.</summary>
    public string? Header { get; init; }

    /// <summary>A subaddress at the receiver.</summary>
    public string? Subaddress { get; init; }

    /// <summary>The plugin that must carry it; null lets the routes choose.</summary>
    public string? PluginId { get; init; }

    /// <summary>Whether an attempt after a partial one begins at the first page that was not confirmed; null leaves it to the gateway's policy.</summary>
    public bool? Resume { get; init; }

    /// <summary>Where its owner is told what happens to it, beside the addresses that he registered.</summary>
    public string? WebhookUrl { get; init; }

    /// <summary>The owner's own name for it.</summary>
    public string? ClientReference { get; init; }
}
