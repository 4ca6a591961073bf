namespace Faxbot.Server.Configuration;

/// <summary>What the gateway sends to its callers.</summary>
internal sealed record WebhookOptions
{
    [Setting("Whether webhooks may go to loopback and private addresses. Then whoever has a key can reach the gateway's network.")]
    public bool AllowPrivateAddresses { get; init; }
}
