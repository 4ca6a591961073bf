using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Faxbot.Sdk;
using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Webhooks;

namespace Acme.Fax;

/// <summary>Sends text messages over the API of Acme.</summary>
public sealed class AcmeMessagingPlugin : MessagingPlugin
{
    private static readonly Uri Messages = new("https://api.acme.example/v1/messages");

    private AcmeSettings Settings => Context.SettingsAs<AcmeSettings>();

    public override async Task<MessageResult> SendMessageAsync(MessageRequest message, CancellationToken cancel)
    {
        using var request = Request(HttpMethod.Post, Messages);
        request.Content = JsonContent.Create(new { to = message.To.Value, from = message.From?.Value ?? Settings.Sender, text = message.Text });
        // Acme takes one key once: should the answer get lost, asking again sends nothing twice.
        request.Headers.Add("Idempotency-Key", message.AttemptId);
        using var answer = await Context.Http.SendAsync(request, cancel);
        // A 4xx says that nothing was taken. Of anything else that is not known, and the exception leaves it open.
        if (answer.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError)
            throw new FaxRejectedException($"Acme refused the message with {(int)answer.StatusCode}.");
        answer.EnsureSuccessStatusCode();
        var taken = await answer.Content.ReadFromJsonAsync<AcmeMessage>(SdkJson.Options, cancel);
        return new MessageResult(taken!.Id, Manifest.Id);
    }

    public override async Task<MessageStatus> GetMessageStatusAsync(MessageReference message, CancellationToken cancel)
    {
        if (message.ProviderId is null) return new MessageStatus { State = MessageState.Unknown };
        using var request = Request(HttpMethod.Get, new Uri($"{Messages}/{Uri.EscapeDataString(message.ProviderId)}"));
        using var answer = await Context.Http.SendAsync(request, cancel);
        if (!answer.IsSuccessStatusCode) return new MessageStatus { State = MessageState.Unknown };
        return StatusOf((await answer.Content.ReadFromJsonAsync<AcmeMessage>(SdkJson.Options, cancel))!);
    }

    public override Task<WebhookResult> HandleWebhookAsync(WebhookRequest request, CancellationToken cancel)
    {
        if (!WebhookSignature.IsGood(request, Settings.WebhookKey, Context.Time.GetUtcNow())) return Task.FromResult(new WebhookResult { Status = 401 });
        var told = JsonSerializer.Deserialize<AcmeMessage>(request.Body, SdkJson.Options)!;
        return Task.FromResult(new WebhookResult { Messages = new Dictionary<string, MessageStatus> { [told.Id] = StatusOf(told) } });
    }

    private static MessageStatus StatusOf(AcmeMessage message) => message.Status switch
    {
        "accepted" => new MessageStatus { State = MessageState.Accepted },
        "sent" => new MessageStatus { State = MessageState.Sent },
        "delivered" => new MessageStatus { State = MessageState.Delivered },
        "failed" => new MessageStatus { State = MessageState.Undelivered, Reason = "The network did not deliver it.", ProviderCode = message.Status },
        // What Acme may say some day is not guessed at.
        _ => new MessageStatus { State = MessageState.Unknown },
    };

    private HttpRequestMessage Request(HttpMethod method, Uri address) =>
        new(method, address) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", Settings.ApiKey) } };

    private sealed record AcmeSettings(string ApiKey, string WebhookKey, string Sender);

    private sealed record AcmeMessage(string Id, string Status);
}
