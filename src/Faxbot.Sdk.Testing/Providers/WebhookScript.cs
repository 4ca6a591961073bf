using Faxbot.Sdk.Webhooks;

namespace Faxbot.Sdk.Testing.Providers;

/// <summary>What a webhook of the provider is to tell.</summary>
/// <typeparam name="TState">The states of faxes or of messages.</typeparam>
/// <param name="ProviderId">Of which fax or message.</param>
/// <param name="State">Its state.</param>
/// <param name="At">When it is sent.</param>
/// <param name="Address">Where to.</param>
public sealed record WebhookNotice<TState>(string ProviderId, TState State, DateTimeOffset At, Uri Address);

/// <summary>The provider's webhooks.</summary>
/// <typeparam name="TState">The states of faxes or of messages.</typeparam>
public sealed record WebhookScript<TState>
{
    /// <summary>Writes and signs a webhook as the provider does, with the key that the test's settings hold.</summary>
    public required Func<WebhookNotice<TState>, WebhookRequest> Write { get; init; }

    /// <summary>The states that webhooks tell, in the order in which they come.</summary>
    public required IReadOnlyList<TState> States { get; init; }

    /// <summary>The header fields that sign it, in lower case; none where the provider does not sign.</summary>
    public IReadOnlyList<string> SignatureHeaders { get; init; } = [];

    /// <summary>
    /// The header fields that prove who sent it and nothing of what it says, in lower case, such as <c>authorization</c> with a password that the provider was
    /// given.
    /// </summary>
    public IReadOnlyList<string> ProofHeaders { get; init; } = [];

    /// <summary>Whether the proof is a secret in the query of the address.</summary>
    public bool SecretInQuery { get; init; }

    /// <summary>How old a signed webhook may be; null where the signature says nothing of time.</summary>
    public TimeSpan? ReplayWindow { get; init; }

    /// <summary>Whether the signature covers the address, query included.</summary>
    public bool CoversUrl { get; init; }
}

/// <summary>What a webhook of the provider is to tell of a text message that came in.</summary>
/// <param name="ProviderId">The message's id.</param>
/// <param name="From">Who sent it, E.164 with plus sign.</param>
/// <param name="To">Which number it came to, E.164 with plus sign.</param>
/// <param name="Text">What it says.</param>
/// <param name="At">When it came.</param>
/// <param name="Address">Where the webhook goes.</param>
public sealed record InboundText(string ProviderId, string From, string To, string Text, DateTimeOffset At, Uri Address);
