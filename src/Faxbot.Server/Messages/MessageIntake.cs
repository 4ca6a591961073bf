using System.Security.Cryptography;
using System.Text.Json;
using Faxbot.Sdk;
using Faxbot.Sdk.Messages;
using Faxbot.Server.Api;
using Faxbot.Server.Configuration;
using Faxbot.Server.Faxes;
using Faxbot.Server.Jobs;
using Faxbot.Server.Keys;
using Faxbot.Server.Outbox;
using Faxbot.Server.Plugins;
using Faxbot.Server.Webhooks;
using PhoneNumber = Faxbot.Sdk.Numbers.PhoneNumber;

namespace Faxbot.Server.Messages;

/// <summary>Takes a text message in: what it returns for is on the disk.</summary>
internal sealed class MessageIntake(OutboxStore outbox, IPluginBackends backends, WebhookAddressRules webhooks, ApiOptions api, MessageOptions options, TimeProvider time)
{
    private const int LongestText = 10_000;

    /// <exception cref="ProblemException">It is not taken.</exception>
    public async Task<OutboxItem> AcceptAsync(HttpRequest request, MessageSubmission submission, Caller caller, CancellationToken cancel)
    {
        var item = Read(submission, caller) with { IdempotencyKey = IdempotencyKey.Of(request) };
        var acceptance = await outbox.AcceptAsync(item with { RequestHash = item.IdempotencyKey is null ? null : Digest(item) }, cancel);
        return acceptance.Kind != AcceptanceKind.Conflict ? acceptance.Item : throw IdempotencyKey.Conflict();
    }

    private NewOutboxItem Read(MessageSubmission submission, Caller caller)
    {
        var errors = new FieldErrors();
        PhoneNumber? from = null;
        if (DialString.TryParse(submission.To, api.Country, out var to) is { } wrongTo) errors.Add("to", wrongTo);
        if (submission.From is { Length: > 0 } text)
        {
            if (MessageNumbers.TryParseSender(text, api.Country, out var sender) is { } wrongFrom) errors.Add("from", wrongFrom);
            from = sender;
        }

        CheckText(submission.Text, errors);
        if (submission.SendAt > time.GetUtcNow() + JobFields.FurthestAhead) errors.Add("send_at", "At most a year ahead.");
        if (submission.Plugin is { } plugin && backends.Of(MessageKind.Messaging).All(backend => backend.Pin.PluginId != plugin)) errors.Add("plugin", "No plugin for text messages with that id is enabled.");
        if (submission.ClientReference?.Length > JobFields.LongestReference) errors.Add("client_reference", $"At most {JobFields.LongestReference} characters.");
        if (submission.WebhookUrl is { } url && webhooks.Problem(url) is { } wrongAddress) errors.Add("webhook_url", wrongAddress);
        errors.ThrowIfAny();
        return new NewOutboxItem
        {
            Kind = MessageKind.Message,
            KeyId = caller.KeyId,
            To = to,
            From = from,
            Content = MessageKind.ContentOf(submission.Text!),
            Options = new OutboxOptions { PluginId = submission.Plugin, ClientReference = submission.ClientReference, WebhookUrl = submission.WebhookUrl },
            SendAt = submission.SendAt,
        };
    }

    /// <summary>Notes what is wrong with a text.</summary>
    public void CheckText(string? text, FieldErrors errors)
    {
        if (string.IsNullOrWhiteSpace(text)) errors.Add("text", "Give a text.");
        else if (text.Length > LongestText || MessageSegments.Of(text).Count > options.MaxSegments) errors.Add("text", $"It is longer than {options.MaxSegments} segments, the most that this gateway sends.");
    }

    // All that the request said.
    private static string Digest(NewOutboxItem item) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
        new { To = item.To.Value, From = item.From?.Value, item.Content, item.Options, item.SendAt }, SdkJson.Options)));
}

/// <summary>A request to send.</summary>
internal sealed record MessageSubmission
{
    /// <summary>Who receives, in E.164 form.</summary>
    public string? To { get; init; }

    /// <summary>Who sends: a number, a short code or a name; the plugin's settings decide when nothing is said.</summary>
    public string? From { get; init; }

    public string? Text { get; init; }

    /// <summary>Not before.</summary>
    public DateTimeOffset? SendAt { get; init; }

    /// <summary>The plugin that must carry it; the routes choose when nothing is said.</summary>
    public string? Plugin { get; init; }

    /// <summary>Your own name for it.</summary>
    public string? ClientReference { get; init; }

    /// <summary>An address that is told what happens to it.</summary>
    public string? WebhookUrl { get; init; }
}
