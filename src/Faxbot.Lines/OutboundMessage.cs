using Faxbot.Sdk.Trunks;

namespace Faxbot.Lines;

/// <summary>A text message to be sent.</summary>
public sealed record OutboundMessage
{
    /// <summary>The trunk that carries it.</summary>
    public required TrunkProfile Trunk { get; init; }

    /// <summary>The number, E.164 with plus sign or as the trunk takes it.</summary>
    public required string To { get; init; }

    /// <summary>The sender's number; null leaves it to the trunk profile.</summary>
    public string? From { get; init; }

    /// <summary>The text. Personal data.</summary>
    public required string Text { get; init; }

    /// <summary>The id of the attempt: notices of what became of the message name it. Where it is empty none are asked for.</summary>
    public string Reference { get; init; } = "";

    /// <summary>How long it is worth delivering; null says nothing of it.</summary>
    public TimeSpan? Expires { get; init; }
}
