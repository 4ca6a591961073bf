using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Testing.Providers;
using Faxbot.Sdk.Webhooks;

namespace Faxbot.Sdk.Testing.Contracts;

/// <summary>A package for a provider's HTTP API, and that API.</summary>
/// <typeparam name="TState">The states of faxes or of messages.</typeparam>
public abstract record ProviderContractOptions<TState> : PluginContractOptions where TState : struct, Enum
{
    private protected ProviderContractOptions()
    {
    }

    /// <summary>How the provider is asked and how it answers.</summary>
    public required ProviderScript Provider { get; init; }

    /// <summary>Its answers to the request for a status, each with what it means.</summary>
    public required IReadOnlyList<StatusCase<TState>> Statuses { get; init; }

    /// <summary>Its webhooks; null when the plugin takes none.</summary>
    public WebhookScript<TState>? Webhooks { get; init; }

    /// <summary>Who is called or written to.</summary>
    public string Destination { get; init; } = "+12125550142";

    /// <summary>Who sends.</summary>
    public string Sender { get; init; } = "+13105550127";
}

/// <summary>A package for a provider's fax API, and that API.</summary>
public sealed record RestFaxContractOptions : ProviderContractOptions<FaxState>;

/// <summary>A package for a provider's message API, and that API.</summary>
public sealed record MessagingContractOptions : ProviderContractOptions<MessageState>
{
    /// <summary>The answer to <see cref="ProviderScript.Send"/> when the recipient has opted out; null where the provider's documentation has none.</summary>
    public ProviderAnswer? OptedOut { get; init; }

    /// <summary>Writes and signs the webhook of a message that came in, as the provider does; null when the plugin receives none.</summary>
    public Func<InboundText, WebhookRequest>? Inbound { get; init; }
}
