using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Numbers;
using Faxbot.Server.Jobs;
using Faxbot.Server.Outbox;

namespace Faxbot.Server.Messages;

/// <summary>A message as the API shows it, whichever way it goes.</summary>
internal sealed record MessageView
{
    /// <summary>The state of what came in.</summary>
    public const string Received = "received";

    public required string Id { get; init; }

    public required MessageDirection Direction { get; init; }

    public required PhoneNumber To { get; init; }

    /// <summary>Who sent it; left out where the plugin's settings say it.</summary>
    public PhoneNumber? From { get; init; }

    public required string Text { get; init; }

    /// <summary>Its state, or <c>received</c>.</summary>
    public required string State { get; init; }

    public required MessageEncoding Encoding { get; init; }

    /// <summary>Into how many short messages the text is cut.</summary>
    public required int Segments { get; init; }

    /// <summary>The plugin that carries or received it; empty until one was chosen.</summary>
    public required string Backend { get; init; }

    /// <summary>The provider's id of the last attempt.</summary>
    public string? ProviderSid { get; init; }

    /// <summary>How the last attempt ended, or the whole when the state is final.</summary>
    public OutboxOutcome? Outcome { get; init; }

    public bool? CancelRequested { get; init; }

    public string? ClientReference { get; init; }

    public string? WebhookUrl { get; init; }

    /// <summary>The earliest instant of the next attempt.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it came to an end after which nothing more is expected; of what came in, when the provider had it.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The attempts with their evidence, where one message was asked for.</summary>
    public IReadOnlyList<MessageAttemptView>? Attempts { get; init; }

    public static MessageView Of(OutboxItem item)
    {
        var text = MessageKind.TextOf(item);
        var segments = MessageSegments.Of(text);
        return new MessageView
        {
            Id = item.Id,
            Direction = MessageDirection.Outbound,
            To = item.To,
            From = item.From,
            Text = text,
            State = Words<OutboxState>.Of(item.State),
            Encoding = segments.Encoding,
            Segments = segments.Count,
            Backend = item.PluginId ?? "",
            ProviderSid = item.ProviderId,
            Outcome = item.Outcome,
            CancelRequested = item.CancelRequested,
            ClientReference = item.Options.ClientReference,
            WebhookUrl = item.Options.WebhookUrl,
            DueAt = item.State == OutboxState.Queued ? item.DueAt : null,
            CreatedAt = item.CreatedAt,
            UpdatedAt = item.UpdatedAt,
            FinishedAt = item.SettledAt,
        };
    }

    public static MessageView Of(InboundMessage message)
    {
        var segments = MessageSegments.Of(message.Text);
        return new MessageView
        {
            Id = message.Id,
            Direction = MessageDirection.Inbound,
            To = message.To,
            From = message.From,
            Text = message.Text,
            State = Received,
            Encoding = segments.Encoding,
            Segments = segments.Count,
            Backend = message.PluginId,
            ProviderSid = message.ProviderId,
            CreatedAt = message.CreatedAt,
            UpdatedAt = message.CreatedAt,
            FinishedAt = message.ReceivedAt,
        };
    }
}

/// <summary>Which way a message goes.</summary>
internal enum MessageDirection
{
    Outbound,
    Inbound,
}
