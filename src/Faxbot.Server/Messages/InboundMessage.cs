using Faxbot.Sdk.Numbers;

namespace Faxbot.Server.Messages;

/// <summary>A received message as its row tells it.</summary>
internal sealed record InboundMessage
{
    /// <summary>32 hexadecimal digits; later ones are greater.</summary>
    public required string Id { get; init; }

    /// <summary>The plugin that received it.</summary>
    public required string PluginId { get; init; }

    public required string ProviderId { get; init; }

    public required PhoneNumber From { get; init; }

    public required PhoneNumber To { get; init; }

    /// <summary>Personal data.</summary>
    public required string Text { get; init; }

    /// <summary>When it came, as the provider says.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
