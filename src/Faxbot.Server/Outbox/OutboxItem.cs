using Faxbot.Sdk.Numbers;

namespace Faxbot.Server.Outbox;

/// <summary>An item as its row tells it.</summary>
internal sealed record OutboxItem
{
    /// <summary>32 hexadecimal digits; later ones are greater.</summary>
    public required string Id { get; init; }

    /// <summary>The word of its kind.</summary>
    public required string Kind { get; init; }

    /// <summary>The API key that owns it.</summary>
    public required string KeyId { get; init; }

    /// <summary>Who receives.</summary>
    public required PhoneNumber To { get; init; }

    /// <summary>Who sends; null leaves it to the plugin.</summary>
    public PhoneNumber? From { get; init; }

    /// <summary>What is sent, as its kind writes it. Personal data.</summary>
    public required byte[] Content { get; init; }

    /// <summary>A content of the store that goes with it.</summary>
    public string? Document { get; init; }

    public required OutboxOptions Options { get; init; }

    public required OutboxState State { get; init; }

    /// <summary>What earlier attempts taught for the next one.</summary>
    public OutboxPlan Plan { get; init; } = new();

    /// <summary>How the last attempt ended, or the whole when the state is final.</summary>
    public OutboxOutcome? Outcome { get; init; }

    /// <summary>The plugin of the last attempt.</summary>
    public string? PluginId { get; init; }

    /// <summary>The provider's id of the last attempt.</summary>
    public string? ProviderId { get; init; }

    /// <summary>Attempts so far.</summary>
    public int Attempts { get; init; }

    public bool CancelRequested { get; init; }

    /// <summary>Not before.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Since when nobody can tell what became of it.</summary>
    public DateTimeOffset? DoubtSince { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it came to an end after which nothing more is expected.</summary>
    public DateTimeOffset? SettledAt { get; init; }
}

/// <summary>How an item is to be sent, as its owner asked; stored as JSON.</summary>
internal sealed record OutboxOptions
{
    /// <summary>The plugin that must carry it; null lets the routes choose.</summary>
    public string? PluginId { get; init; }

    /// <summary>The owner's own name for it.</summary>
    public string? ClientReference { get; init; }

    /// <summary>An address that is told what happens to it, beside those that the owner registered.</summary>
    public string? WebhookUrl { get; init; }

    /// <summary>Whether the gateway answers with it a word that the law wants answered: it goes to who opted out, too.</summary>
    public bool IsReply { get; init; }
}

/// <summary>What earlier attempts taught for the next one; stored as JSON beside the item.</summary>
internal sealed record OutboxPlan
{
    /// <summary>The plugins that failed definitely and are passed over while there is another.</summary>
    public IReadOnlyList<string> PassedOver { get; init; } = [];

    /// <summary>How often all of them had been passed over and were tried anew.</summary>
    public int Rounds { get; init; }
}
