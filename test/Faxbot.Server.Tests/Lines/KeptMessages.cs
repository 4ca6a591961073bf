using Faxbot.Sdk.Messages;
using Faxbot.Server.Lines;

namespace Faxbot.Server.Tests.Lines;

/// <summary>Keeps what lines bring of messages, or refuses it.</summary>
internal sealed class KeptMessages : IMessageInbox
{
    public List<string> Kept { get; } = [];

    public Exception? Refusal { get; init; }

    public Task<bool> IsUnderWayAsync(string pluginId, MessageRequest message, CancellationToken cancel) => Task.FromResult(true);

    public Task ReceiveAsync(string pluginId, ReceivedMessage message, CancellationToken cancel) => KeepAsync($"{pluginId} {message.ProviderId} {message.Text}");

    public Task ReportAsync(string pluginId, string attemptId, MessageStatus status, CancellationToken cancel) => KeepAsync($"{pluginId} {attemptId} {status.State}");

    private Task KeepAsync(string what)
    {
        if (Refusal is not null) return Task.FromException(Refusal);
        Kept.Add(what);
        return Task.CompletedTask;
    }
}
