using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Http;
using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Webhooks;
using Faxbot.Twilio.Common;

namespace Faxbot.Twilio.Sms;

/// <summary>Text messages over Twilio's Programmable Messaging.</summary>
public sealed class TwilioSmsPlugin : MessagingPlugin
{
    private TwilioSmsSettings Settings => Context.SettingsAs<TwilioSmsSettings>();

    /// <inheritdoc/>
    public override Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancel) => ProviderApi.CheckAsync(CheckResult.Passed, Api(Settings).GetBalanceAsync, cancel);

    /// <inheritdoc/>
    public override async Task<MessageResult> SendMessageAsync(MessageRequest message, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(message);
        var settings = Settings;
        var fields = new Dictionary<string, string> { ["To"] = message.To.Value, ["Body"] = message.Text };
        var (sender, value) = Sender(message, settings);
        fields[sender] = value;
        if (Context.WebhookAddress is { } address) fields["StatusCallback"] = address.ToString();
        var taken = await Api(settings).SendMessageAsync(fields, cancel).ConfigureAwait(false);
        return new MessageResult(taken.Sid, Manifest.Id);
    }

    /// <inheritdoc/>
    public override async Task<MessageStatus> GetMessageStatusAsync(MessageReference message, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(message);
        // Twilio keeps nothing of ours with a message by which it could be found.
        if (message.ProviderId is null) return new MessageStatus { State = MessageState.Unknown };
        var found = await Api(Settings).GetMessageAsync(message.ProviderId, cancel).ConfigureAwait(false);
        var status = TwilioStatus.Of(found.Status, FormattableString.Invariant($"{found.ErrorCode}")) ?? new MessageStatus { State = MessageState.Unknown };
        return status with { Cost = found.Cost };
    }

    /// <inheritdoc/>
    public override Task<WebhookResult> HandleWebhookAsync(WebhookRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Task.FromResult(TwilioWebhook.Read(request, Settings.AuthToken, Context.Time.GetUtcNow()));
    }

    private TwilioApi Api(TwilioSmsSettings settings) => new(Context.Http, settings.Account);

    private static (string Field, string Value) Sender(MessageRequest message, TwilioSmsSettings settings) => (message.From, settings) switch
    {
        ({ } from, _) => ("From", from.Value),
        (_, { MessagingServiceSid: { } service }) => ("MessagingServiceSid", service),
        (_, { Sender: { } sender }) => ("From", sender),
        _ => throw new FaxRejectedException("The message names no sender: give one with it, or set sender or messaging_service_sid."),
    };
}
