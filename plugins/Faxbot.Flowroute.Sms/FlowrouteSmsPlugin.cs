using System.Net.Http.Headers;
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

namespace Faxbot.Flowroute.Sms;

/// <summary>Text messages over the API v2.1 of Flowroute.</summary>
public sealed class FlowrouteSmsPlugin : MessagingPlugin
{
    private const string MediaType = "application/vnd.api+json", SecretField = "secret";
    private const int NumberDigits = 11;

    private static readonly Uri Address = new("https://api.flowroute.com/");

    private FlowrouteSmsSettings Settings => Context.SettingsAs<FlowrouteSmsSettings>();

    private ProviderApi Api => new(Context.Http, "Flowroute", Address)
    {
        Authorization = ProviderApi.Basic(Settings.AccessKey, Settings.SecretKey),
        MediaType = MediaType,
    };

    /// <inheritdoc/>
    public override Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancel) =>
        ProviderApi.CheckAsync(CheckResult.Passed, stop => Api.GetTextAsync("v2/numbers?limit=1&offset=0", stop), cancel);

    /// <inheritdoc/>
    public override async Task<MessageResult> SendMessageAsync(MessageRequest message, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(message);
        var from = message.From?.Value ?? Settings.Sender ?? throw new FaxRejectedException("The message names no sender: give one with it, or set sender.");
        var outgoing = new FlowrouteOutgoing(Digits(message.To.Value), Digits(from), message.Text, IsMms: false, ReportsTo);
        using var content = JsonContent.Create(new FlowrouteDocument<FlowrouteOutgoing>(new("message", Attributes: outgoing)), new MediaTypeHeaderValue(MediaType), SdkJson.Options);
        var taken = await Api.PostAsync<FlowrouteDocument<FlowrouteRecord>>("v2.1/messages", content, cancel).ConfigureAwait(false);
        return new MessageResult(taken.Data.Id ?? throw Api.Unexpected("a message without an id"), Manifest.Id);
    }

    /// <inheritdoc/>
    public override async Task<MessageStatus> GetMessageStatusAsync(MessageReference message, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(message);
        // Flowroute keeps nothing of ours with a message by which it could be found.
        if (message.ProviderId is null) return new MessageStatus { State = MessageState.Unknown };
        var found = await Api.GetAsync<FlowrouteDocument<FlowrouteRecord>>($"v2.1/messages/{Uri.EscapeDataString(message.ProviderId)}", cancel).ConfigureAwait(false);
        var record = found.Data.Attributes ?? throw Api.Unexpected("a message without attributes");
        return FlowrouteStatus.Of(record.DeliveryReceipts ?? []) with { Cost = record.Cost };
    }

    /// <inheritdoc/>
    public override Task<WebhookResult> HandleWebhookAsync(WebhookRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        var isTheirs = Settings.WebhookSecret is { } secret && WebhookProof.HasSecret(request, SecretField, secret);
        return Task.FromResult(isTheirs ? Read(Encoding.UTF8.GetString(request.Body)) : new WebhookResult { Status = 401 });
    }

    // Null where it could not be known that a report is Flowroute's, or where none can come.
    private string? ReportsTo => Context.WebhookAddress is { } address && Settings.WebhookSecret is { } secret ? $"{address}?{SecretField}={Uri.EscapeDataString(secret)}" : null;

    private WebhookResult Read(string body)
    {
        if (Api.Read<JsonElement>(body) is not { ValueKind: JsonValueKind.Object } root) throw Api.Unexpected("no object");
        if (!root.TryGetProperty("data", out _))
        {
            var flat = Api.Read<FlowrouteFlatMessage>(body);
            return Received(flat.Id, null, flat.From, flat.To, flat.Body);
        }

        var told = Api.Read<FlowrouteDocument<FlowrouteRecord>>(body).Data;
        if (told is not { Id: { } id, Attributes: { } record }) throw Api.Unexpected("neither a message nor a receipt");
        if (told.Type != "delivery_receipt") return Received(id, record.Timestamp, record.From, record.To, record.Body);
        var status = record.Status is { } word ? FlowrouteStatus.Of(new FlowrouteReceipt(word, record.StatusCode, record.Level)) : null;
        return status is null ? new WebhookResult() : new WebhookResult { Messages = new Dictionary<string, MessageStatus> { [id] = status } };
    }

    private WebhookResult Received(string id, string? timestamp, string? from, string? to, string? text)
    {
        if (from is null || to is null) throw Api.Unexpected("a message without numbers");
        var at = timestamp is null ? Context.Time.GetUtcNow() : Api.ReadInstant(timestamp);
        return new WebhookResult { InboundMessages = [new ReceivedMessage(id, at, Number(from), Number(to), text ?? "")] };
    }

    // Short codes have fewer digits and no country.
    private static PhoneNumber Number(string digits) => new(digits.Length == NumberDigits ? $"+{digits}" : digits);

    private static string Digits(string number) => number.TrimStart('+') is { Length: NumberDigits } digits && digits[0] == '1' && digits.All(char.IsAsciiDigit)
        ? digits
        : throw new FaxRejectedException("Flowroute takes numbers of the North American plan alone: +1 and ten digits.");
}
