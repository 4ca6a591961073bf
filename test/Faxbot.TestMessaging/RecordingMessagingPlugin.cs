using System.Collections.Concurrent;
using System.Text.Json;
using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Webhooks;

namespace Faxbot.TestMessaging;

/// <summary>
/// A plugin whose provider is a file of its folder: what stands there was sent. Each line is the id of a message and that of its attempt, which is what
/// the provider calls it. Reports come by webhook: <c>{"id": "...", "state": "delivered"}</c>, one or a list of them.
/// </summary>
public sealed class RecordingMessagingPlugin : MessagingPlugin
{
    private readonly ConcurrentDictionary<string, bool> _sent = [];
    private readonly Lock _lock = new();

    private string Record => Path.Combine(Context.Folder, "sent");

    public override async Task StartAsync(CancellationToken cancel)
    {
        if (File.Exists(Record))
        {
            // A line that a kill cut short was not sent.
            foreach (var line in (await File.ReadAllLinesAsync(Record, cancel)).Where(line => line.EndsWith('.'))) _sent[line.TrimEnd('.').Split(' ')[1]] = true;
        }
    }

    public override Task<MessageResult> SendMessageAsync(MessageRequest message, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(message);
        lock (_lock) File.AppendAllText(Record, $"{message.JobId} {message.AttemptId}.\n");
        _sent[message.AttemptId] = true;
        return Task.FromResult(new MessageResult(message.AttemptId, Manifest.Id));
    }

    public override Task<MessageStatus> GetMessageStatusAsync(MessageReference message, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(message);
        return Task.FromResult(new MessageStatus
        {
            State = _sent.ContainsKey(message.AttemptId) ? MessageState.Delivered : MessageState.NeverSent,
            ProviderId = message.AttemptId,
        });
    }

    public override Task<WebhookResult> HandleWebhookAsync(WebhookRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        var body = JsonElement.Parse(request.Body);
        JsonElement[] told = body.ValueKind == JsonValueKind.Array ? [.. body.EnumerateArray()] : [body];
        return Task.FromResult(new WebhookResult
        {
            Messages = told.ToDictionary(one => one.GetProperty("id").GetString()!, one => new MessageStatus { State = Enum.Parse<MessageState>(one.GetProperty("state").GetString()!, ignoreCase: true) }),
        });
    }
}
