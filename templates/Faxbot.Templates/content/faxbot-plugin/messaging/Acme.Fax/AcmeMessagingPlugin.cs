using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Faxbot.Sdk;
using Faxbot.Sdk.Http;
using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Numbers;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Webhooks;

namespace Acme.Fax;

/// <summary>Sends and receives text messages over the API of Acme.</summary>
public sealed class AcmeMessagingPlugin : MessagingPlugin
{
    private static readonly Uri Address = new("https://api.acme.example/v1/");

    // What Acme's codes of errors mean to the gateway; who opted out is never tried again.
    private static readonly Dictionary<string, ProviderCode> Codes = new() { ["opted_out"] = ProviderCode.OptedOut };

    private AcmeSettings Settings => Context.SettingsAs<AcmeSettings>();

    public override async Task<MessageResult> SendMessageAsync(MessageRequest message, CancellationToken cancel)
    {
        using var content = JsonContent.Create(new AcmeOutgoing(message.To.Value, message.From?.Value ?? Settings.Sender, message.Text), options: SdkJson.Options);
        // A 4xx says that nothing was taken, and is thrown as that. Whatever else goes wrong leaves it open, and nothing is sent again by itself.
        // Acme takes one key once: should the answer get lost, asking again sends nothing twice.
        var taken = await Api(message.AttemptId).PostAsync<AcmeMessage>("messages", content, cancel);
        return new MessageResult(taken.Id, Manifest.Id);
    }

    public override async Task<MessageStatus> GetMessageStatusAsync(MessageReference message, CancellationToken cancel)
    {
        if (message.ProviderId is null) return new MessageStatus { State = MessageState.Unknown };
        return StatusOf(await Api().GetAsync<AcmeMessage>($"messages/{Uri.EscapeDataString(message.ProviderId)}", cancel));
    }

    public override Task<WebhookResult> HandleWebhookAsync(WebhookRequest request, CancellationToken cancel)
    {
        if (!WebhookSignature.IsGood(request, Settings.WebhookKey, Context.Time.GetUtcNow())) return Task.FromResult(new WebhookResult { Status = 401 });
        var told = Api().Read<AcmeMessage>(Encoding.UTF8.GetString(request.Body));
        return Task.FromResult(told is { From: { } from, To: { } to }
            ? new WebhookResult { InboundMessages = [new ReceivedMessage(told.Id, Context.Time.GetUtcNow(), new PhoneNumber(from), new PhoneNumber(to), told.Text ?? "")] }
            : new WebhookResult { Messages = new Dictionary<string, MessageStatus> { [told.Id] = StatusOf(told) } });
    }

    private static MessageStatus StatusOf(AcmeMessage message) => message.Status switch
    {
        "accepted" => new MessageStatus { State = MessageState.Accepted },
        "sent" => new MessageStatus { State = MessageState.Sent },
        "delivered" => new MessageStatus { State = MessageState.Delivered },
        "failed" => ProviderCode.Undelivered("Acme", Codes, message.Error),
        // What Acme may say some day is not guessed at.
        _ => new MessageStatus { State = MessageState.Unknown },
    };

    private ProviderApi Api(string? attempt = null) => new(Context.Http, "Acme", Address)
    {
        Authorization = new AuthenticationHeaderValue("Bearer", Settings.ApiKey),
        Headers = attempt is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["Idempotency-Key"] = attempt },
        ErrorCode = body => body.TryGetProperty("error", out var code) ? code : null,
        Codes = Codes,
    };

    private sealed record AcmeSettings(string ApiKey, string WebhookKey, string Sender);

    private sealed record AcmeOutgoing(string To, string From, string Text);

    private sealed record AcmeMessage(string Id, string Status, string? Error = null, string? From = null, string? To = null, string? Text = null);
}
