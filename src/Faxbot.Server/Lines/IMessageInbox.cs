using Faxbot.Sdk.Messages;

namespace Faxbot.Server.Lines;

/// <summary>The gateway's text messages, as far as lines touch them. Thread-safe.</summary>
internal interface IMessageInbox
{
    /// <summary>Whether an attempt of the plugin is under way to send that message to that number.</summary>
    Task<bool> IsUnderWayAsync(string pluginId, MessageRequest message, CancellationToken cancel);

    /// <summary>Keeps a message that came in; when it returns it is durable. A second one with the same id changes nothing.</summary>
    Task ReceiveAsync(string pluginId, ReceivedMessage message, CancellationToken cancel);

    /// <summary>Keeps what is told of the message of an attempt; when it returns it is durable. A final state stays, and of an attempt that there is not
    /// nothing is kept.</summary>
    Task ReportAsync(string pluginId, string attemptId, MessageStatus status, CancellationToken cancel);
}
