namespace Faxbot.Server.Webhooks;

/// <summary>How hard the gateway tries to tell its callers.</summary>
internal sealed record WebhookPolicy
{
    /// <summary>Endpoints that are told something at the same time.</summary>
    public int MostAtOnce { get; init; } = 8;

    /// <summary>From the beginning of a round to the next at least: one sees all that happened meanwhile. A gateway at rest begins at once.</summary>
    public TimeSpan BetweenRounds { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long an endpoint may take for its answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>After how long without a success an endpoint is switched off.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How long the log of deliveries goes back.</summary>
    public TimeSpan KeepDeliveries { get; init; } = TimeSpan.FromDays(30);
}
