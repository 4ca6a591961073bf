namespace Faxbot.Client.Messages;

/// <summary>A text message as the gateway tells it, whichever way it goes.</summary>
public sealed record SentMessage
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary><c>outbound</c> or <c>inbound</c>.</summary>
    public required string Direction { get; init; }

    /// <summary>Who receives.</summary>
    public required string To { get; init; }

    /// <summary>Who sends.</summary>
    public string? From { get; init; }

    /// <summary>The text.</summary>
    public required string Text { get; init; }

    /// <summary><c>queued</c>, <c>submitting</c>, <c>accepted</c>, <c>sent</c>, <c>delivered</c>, <c>undelivered</c>, <c>cancelled</c>, <c>unknown</c>; <c>received</c> for what came in.</summary>
    public required string State { get; init; }

    /// <summary>Into how many short messages the text is cut.</summary>
    public int Segments { get; init; }

    /// <summary>The plugin that carries or received it.</summary>
    public string Backend { get; init; } = "";

    /// <summary>How the last attempt ended.</summary>
    public MessageEnd? Outcome { get; init; }

    /// <summary>When it was accepted or came in.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The attempts, where one message was asked for.</summary>
    public IReadOnlyList<MessageAttempt> Attempts { get; init; } = [];
}

/// <summary>How an attempt ended.</summary>
/// <param name="Class">Such as <c>success</c>, <c>refused</c>, <c>rejected</c>.</param>
/// <param name="Party">Who failed.</param>
/// <param name="Sentence">The same for people.</param>
/// <param name="Next">What happens next, or what to do.</param>
public sealed record MessageEnd(string Class, string Party, string Sentence, string Next = "");

/// <summary>One attempt to send.</summary>
/// <param name="Number">Counted from 1.</param>
/// <param name="Backend">The plugin.</param>
/// <param name="ProviderSid">The provider's id.</param>
/// <param name="Outcome">How it ended; null while it is under way.</param>
public sealed record MessageAttempt(int Number, string Backend, string? ProviderSid = null, MessageEnd? Outcome = null);
