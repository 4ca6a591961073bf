using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Http;
using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Numbers;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Webhooks;

namespace Faxbot.Bandwidth.Sms;

/// <summary>Text messages over the messaging API v2 of Bandwidth.</summary>
public sealed class BandwidthSmsPlugin : MessagingPlugin
{
    private static readonly Uri Address = new("https://messaging.bandwidth.com/api/v2/");
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private BandwidthSmsSettings Settings => Context.SettingsAs<BandwidthSmsSettings>();

    private ProviderApi Api => new(Context.Http, "Bandwidth", Address)
    {
        Authorization = ProviderApi.Basic(Settings.ApiUser, Settings.ApiPassword),
        Names = JsonNamingPolicy.CamelCase,
        ErrorCode = body => body.TryGetProperty("type", out var type) ? type : null,
    };

    /// <inheritdoc/>
    public override Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancel) =>
        ProviderApi.CheckAsync(CheckResult.Passed, stop => Api.GetAsync<BandwidthMessages>(Path("?messageDirection=OUTBOUND&limit=1"), stop), cancel);

    /// <inheritdoc/>
    public override async Task<MessageResult> SendMessageAsync(MessageRequest message, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(message);
        var settings = Settings;
        var from = message.From?.Value ?? settings.Sender ?? throw new FaxRejectedException("The message names no sender: give one with it, or set sender.");
        using var content = JsonContent.Create(new BandwidthOutgoing(settings.ApplicationId, [message.To.Value], from, message.Text, message.AttemptId), options: Json);
        var taken = await Api.PostAsync<BandwidthMessage>(Path(""), content, cancel).ConfigureAwait(false);
        return new MessageResult(taken.Id, Manifest.Id);
    }

    /// <inheritdoc/>
    public override async Task<MessageStatus> GetMessageStatusAsync(MessageReference message, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(message);
        // A tag comes with webhooks, but a search cannot ask for one.
        if (message.ProviderId is null) return new MessageStatus { State = MessageState.Unknown };
        var found = await Api.GetAsync<BandwidthMessages>(Path($"?messageId={Uri.EscapeDataString(message.ProviderId)}"), cancel).ConfigureAwait(false);
        var told = found.Messages.FirstOrDefault(one => one.MessageId == message.ProviderId);
        return (told is null ? null : BandwidthStatus.OfSearch(told.MessageStatus, told.ErrorCode)) ?? new MessageStatus { State = MessageState.Unknown };
    }

    /// <inheritdoc/>
    public override Task<WebhookResult> HandleWebhookAsync(WebhookRequest request, CancellationToken cancel)
    {
        var isTheirs = Settings is { WebhookUser: { } user, WebhookPassword: { } password } && WebhookProof.HasBasic(request, user, password);
        return Task.FromResult(isTheirs ? Read(Api.Read<IReadOnlyList<BandwidthEvent>>(Encoding.UTF8.GetString(request.Body))) : new WebhookResult { Status = 401 });
    }

    private WebhookResult Read(IReadOnlyList<BandwidthEvent> events)
    {
        Dictionary<string, MessageStatus> statuses = [];
        List<ReceivedMessage> received = [];
        // By their own time, so that of two events on one message the later one is told.
        foreach (var told in events.OrderBy(told => Api.ReadInstant(told.Time)))
        {
            if (told.Type == "message-received") received.Add(Received(told));
            else if (BandwidthStatus.OfEvent(told.Type, told.ErrorCode) is { } status) statuses[told.Message.Id] = status;
        }

        return new WebhookResult { Messages = statuses, InboundMessages = received };
    }

    // A message to a group is told once for each number of ours that it came to.
    private ReceivedMessage Received(BandwidthEvent told)
    {
        if (told.Message is not { From: { } from } message || (told.Message.Owner ?? told.To) is not { } to) throw Api.Unexpected("a message without numbers");
        return new ReceivedMessage(message.Id, Api.ReadInstant(told.Time), new PhoneNumber(from), new PhoneNumber(to), message.Text ?? "");
    }

    private string Path(string query) => $"users/{Uri.EscapeDataString(Settings.AccountId)}/messages{query}";
}
