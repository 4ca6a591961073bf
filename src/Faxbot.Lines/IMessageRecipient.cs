using Faxbot.Sdk.Messages;

namespace Faxbot.Lines;

/// <summary>Whom text messages reach that come in over the trunks of a line. Thread-safe.</summary>
public interface IMessageRecipient
{
    /// <summary>Takes a message. Only when it returns is the sender told that it arrived: it must be durable by then.</summary>
    /// <returns>False where it cannot be kept now: the sender is told to try again.</returns>
    Task<bool> ReceiveAsync(IncomingText text, CancellationToken cancel);

    /// <summary>Takes what the far end says of a message of ours; as durable as a message.</summary>
    /// <returns>False where it cannot be kept now.</returns>
    Task<bool> ReportAsync(DeliveryNotice notice, CancellationToken cancel);
}

/// <summary>A text message that came in.</summary>
/// <param name="Trunk">The trunk that it came over.</param>
/// <param name="Id">The same message has the same id, however often it comes.</param>
/// <param name="From">Who sent it, as the trunk says it or else as the far end merely claims.</param>
/// <param name="To">Which of our numbers it came to.</param>
/// <param name="Text">The text. Personal data.</param>
public sealed record IncomingText(TrunkConnection Trunk, string Id, string From, string To, string Text);

/// <summary>What the far end says of a message of ours.</summary>
/// <param name="Trunk">The trunk that told it.</param>
/// <param name="Reference">What <see cref="OutboundMessage.Reference"/> said.</param>
/// <param name="State"><see cref="MessageState.Delivered"/> or <see cref="MessageState.Undelivered"/>.</param>
public sealed record DeliveryNotice(TrunkConnection Trunk, string Reference, MessageState State);
