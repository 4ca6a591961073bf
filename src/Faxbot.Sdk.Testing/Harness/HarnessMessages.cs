using System.Collections.Concurrent;
using Faxbot.Lines;
using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Numbers;

namespace Faxbot.Sdk.Testing.Harness;

/// <summary>The gateway's text messages: remembers what came in over the plugin's trunk. Thread-safe.</summary>
public sealed class HarnessMessages : IMessageRecipient
{
    private readonly ConcurrentQueue<ReceivedMessage> _received = new();
    private readonly ConcurrentQueue<(string ProviderId, MessageState State)> _reports = new();
    private readonly TimeProvider _time;

    internal HarnessMessages(TimeProvider time) => _time = time;

    /// <summary>The messages that came in, in order.</summary>
    public IReadOnlyList<ReceivedMessage> Received => [.. _received];

    /// <summary>What was told of messages that went out, in order.</summary>
    public IReadOnlyList<(string ProviderId, MessageState State)> Reports => [.. _reports];

    /// <inheritdoc/>
    Task<bool> IMessageRecipient.ReceiveAsync(IncomingText text, CancellationToken cancel)
    {
        _received.Enqueue(new ReceivedMessage(text.Id, _time.GetUtcNow(), new PhoneNumber(text.From), new PhoneNumber(text.To), text.Text));
        return Task.FromResult(true);
    }

    /// <inheritdoc/>
    Task<bool> IMessageRecipient.ReportAsync(DeliveryNotice notice, CancellationToken cancel)
    {
        _reports.Enqueue((notice.Reference, notice.State));
        return Task.FromResult(true);
    }
}
