using System.Collections.Concurrent;
using Faxbot.Lines;
using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Trunks;

namespace Faxbot.Server.Lines;

/// <summary>
/// Sends the text messages that plugins ask for, each attempt once. What becomes of one reaches the gateway's messages whatever becomes of the plugin.
/// Thread-safe.
/// </summary>
internal sealed class MessageLines(LineHub lines, IMessageInbox inbox)
{
    // What is remembered is for a plugin that asks again after an end of its own; the rows have the rest.
    private const int MostRemembered = 10_000;

    private readonly ConcurrentDictionary<(string PluginId, string AttemptId), Lazy<Task<MessageOutcome>>> _sent = new();
    private readonly ConcurrentQueue<(string PluginId, string AttemptId)> _order = new();

    /// <summary>Sends the message of an attempt under way.</summary>
    /// <exception cref="FaxRejectedException">It was surely not taken.</exception>
    /// <exception cref="OperationCanceledException">It was given up before it left.</exception>
    public async Task<MessageStatus> SendAsync(string pluginId, TrunkProfile trunk, MessageRequest message, CancellationToken cancel)
    {
        if (!await inbox.IsUnderWayAsync(pluginId, message, cancel)) throw new FaxRejectedException("There is no such attempt under way.");
        var sending = _sent.GetOrAdd((pluginId, message.AttemptId), key => new Lazy<Task<MessageOutcome>>(() => SendOnceAsync(key, trunk, message, cancel)));
        var outcome = await sending.Value;
        return outcome.State is MessageState.Undelivered or MessageState.NeverSent ? throw new FaxRejectedException(outcome.Failure!) : StatusOf(outcome);
    }

    /// <summary>What is known of the message of an attempt; waits for the trunk's answer while that is open.</summary>
    public async Task<MessageStatus> StatusAsync(string pluginId, MessageReference message) =>
        _sent.TryGetValue((pluginId, message.AttemptId), out var sending) ? StatusOf(await sending.Value) : new MessageStatus { State = MessageState.Unknown };

    private async Task<MessageOutcome> SendOnceAsync((string PluginId, string AttemptId) key, TrunkProfile trunk, MessageRequest message, CancellationToken cancel)
    {
        _order.Enqueue(key);
        while (_order.Count > MostRemembered && _order.TryDequeue(out var oldest)) _sent.TryRemove(oldest, out _);
        MessageOutcome outcome;
        try
        {
            outcome = await lines.SendMessageAsync(
                key.PluginId,
                new OutboundMessage { Trunk = trunk, To = message.To.Value, From = message.From?.Value, Text = message.Text, Reference = message.AttemptId }, cancel);
        }
        catch (OperationCanceledException)
        {
            // Nothing left: it may be asked for again.
            _sent.TryRemove(key, out _);
            throw;
        }

        // The plugin may be gone by now, and with it the way on which its answer would have come.
        if (outcome.State is MessageState.Sent or MessageState.Accepted) await inbox.ReportAsync(key.PluginId, key.AttemptId, StatusOf(outcome), CancellationToken.None);
        return outcome;
    }

    private static MessageStatus StatusOf(MessageOutcome outcome) =>
        new() { State = outcome.State, Reason = outcome.Failure?.Sentence, ProviderCode = outcome.Failure?.ProviderCode };
}
