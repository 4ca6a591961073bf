using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Faxbot.Sdk;
using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Http;
using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Numbers;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Webhooks;
using Faxbot.Telnyx.Common;

namespace Faxbot.Telnyx.Sms;

/// <summary>Text messages over the API v2 of Telnyx.</summary>
public sealed class TelnyxSmsPlugin : MessagingPlugin
{
    private TelnyxSmsSettings Settings => Context.SettingsAs<TelnyxSmsSettings>();

    private ProviderApi Api => TelnyxApi.Of(Context.Http, Settings.ApiKey, TelnyxCodes.All);

    /// <inheritdoc/>
    public override Task<IReadOnlyList<ConfigProblem>> ValidateConfigAsync(JsonElement settings, CancellationToken cancel)
    {
        var isKey = !settings.TryGetProperty("public_key", out var key) || TelnyxSignature.ReadKey(key.GetString() ?? "") is not null;
        return Task.FromResult<IReadOnlyList<ConfigProblem>>(isKey ? [] : [new ConfigProblem("$.public_key", "It is no public key: copy it from the portal, under Keys & Credentials. It is 44 characters of Base64.")]);
    }

    /// <inheritdoc/>
    public override Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancel) => ProviderApi.CheckAsync(CheckResult.Passed, stop => TelnyxApi.GetBalanceAsync(Api, stop), cancel);

    /// <inheritdoc/>
    public override async Task<MessageResult> SendMessageAsync(MessageRequest message, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(message);
        var settings = Settings;
        var from = message.From?.Value ?? (settings.MessagingProfileId is null ? settings.Sender : null);
        if (from is null && settings.MessagingProfileId is null) throw new FaxRejectedException("The message names no sender: give one with it, or set sender or messaging_profile_id.");
        var outgoing = new TelnyxOutgoing(message.To.Value, message.Text, from, from is null ? settings.MessagingProfileId : null, Context.WebhookAddress);
        using var content = JsonContent.Create(outgoing, options: SdkJson.Options);
        var taken = await Api.PostAsync<TelnyxMessageAnswer>("messages", content, cancel).ConfigureAwait(false);
        return new MessageResult(taken.Data.Id, Manifest.Id);
    }

    /// <inheritdoc/>
    public override async Task<MessageStatus> GetMessageStatusAsync(MessageReference message, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(message);
        // Telnyx keeps nothing of ours with a message by which it could be found.
        if (message.ProviderId is null) return new MessageStatus { State = MessageState.Unknown };
        var found = await Api.GetAsync<TelnyxMessageAnswer>($"messages/{Uri.EscapeDataString(message.ProviderId)}", cancel).ConfigureAwait(false);
        return TelnyxStatus.Of(found.Data) ?? new MessageStatus { State = MessageState.Unknown };
    }

    /// <inheritdoc/>
    public override Task<WebhookResult> HandleWebhookAsync(WebhookRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        var now = Context.Time.GetUtcNow();
        var isSigned = TelnyxSignature.ReadKey(Settings.PublicKey) is { } key && TelnyxSignature.Holds(request, key, now);
        return Task.FromResult(isSigned ? Read(Api.Read<TelnyxWebhook>(Encoding.UTF8.GetString(request.Body)).Data, now) : new WebhookResult { Status = 401 });
    }

    private WebhookResult Read(TelnyxEvent told, DateTimeOffset now)
    {
        var message = told.Payload;
        if (told.EventType != "message.received")
            return TelnyxStatus.Of(message) is { } status ? new WebhookResult { Messages = new Dictionary<string, MessageStatus> { [message.Id] = status } } : new WebhookResult();
        if (message is not { From: { } from, To: [var to, ..] }) throw Api.Unexpected("a message without numbers");
        var at = message.ReceivedAt is { } received ? Api.ReadInstant(received) : now;
        return new WebhookResult { InboundMessages = [new ReceivedMessage(message.Id, at, new PhoneNumber(from.PhoneNumber), new PhoneNumber(to.PhoneNumber), message.Text ?? "")] };
    }
}
