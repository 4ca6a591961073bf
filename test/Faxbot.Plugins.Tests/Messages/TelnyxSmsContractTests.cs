using System.Text.Json;
using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Testing.Contracts;
using Faxbot.Sdk.Testing.Providers;
using Faxbot.Telnyx.Sms;
using Faxbot.Testing;

namespace Faxbot.Plugins.Tests.Messages;

/// <summary>Telnyx: JSON, E.164 with plus sign, webhooks signed with Ed25519 over time and body.</summary>
public sealed class TelnyxSmsContractTests() : MessagingPluginContract<TelnyxSmsPlugin>(new MessagingContractOptions
{
    PackageFolder = RepositoryRoot.Of("plugins", "Faxbot.Telnyx.Sms"),
    Settings = $$"""{ "api_key": "KEY-kept-at-telnyx", "public_key": "{{TelnyxSigner.PublicKey}}" }""",
    NotSecret = ["$.public_key"],
    Provider = new ProviderScript
    {
        Rules = new RequestRules { Authorization = "Bearer KEY-kept-at-telnyx", Accept = "application/json", Query = "" },
        Send = new ProviderRequest("POST", "/v2/messages"),
        SendRules = new RequestRules { Body = BodyRule.Json("""{ "to": "+{to}", "from": "+{from}", "text": "{text}", "webhook_url": "{webhook}" }""") },
        Accepted = Told("queued"),
        ProviderId = Id,
        Refused = new ProviderAnswer(422, """{ "errors": [{ "code": "40310", "title": "Invalid 'to' address", "detail": "+12125550142 is invalid" }] }"""),
        Status = new ProviderRequest("GET", $"/v2/messages/{Id}"),
    },
    Statuses =
    [
        new(Told("queued"), MessageState.Accepted),
        new(Told("sending"), MessageState.Accepted),
        new(Told("sent"), MessageState.Sent),
        new(Told("delivered"), MessageState.Delivered),
        new(Told("sending_failed", """{ "code": "40333", "title": "+12125550142" }"""), MessageState.Undelivered),
        new(Told("delivery_failed", """{ "code": "49999", "title": "+12125550142" }"""), MessageState.Undelivered),
        new(Told("delivery_failed"), MessageState.Undelivered),
        new(Told("expired"), MessageState.Undelivered),
        new(Told("delivery_unconfirmed"), MessageState.Unknown),
        new(Told("something_new"), MessageState.Unknown),
    ],
    OptedOut = new ProviderAnswer(400, """{ "errors": [{ "code": "40300", "title": "Blocked due to STOP message", "detail": "+12125550142" }] }"""),
    Webhooks = new WebhookScript<MessageState>
    {
        States = [MessageState.Sent, MessageState.Delivered, MessageState.Undelivered, MessageState.Unknown],
        SignatureHeaders = ["telnyx-signature-ed25519", "telnyx-timestamp"],
        ReplayWindow = TimeSpan.FromMinutes(5),
        Write = notice => TelnyxSigner.Sign(notice.Address, notice.At, Event(notice.State == MessageState.Sent ? "message.sent" : "message.finalized", Message(notice.ProviderId, Word(notice.State)))),
    },
    Inbound = text => TelnyxSigner.Sign(text.Address, text.At, Event("message.received", JsonSerializer.Serialize(new
    {
        id = text.ProviderId,
        record_type = "message",
        direction = "inbound",
        type = "SMS",
        from = new { phone_number = text.From, carrier = "", line_type = "" },
        to = (object[])[new { phone_number = text.To, status = "webhook_delivered" }],
        text = text.Text,
        media = (string[])[],
        received_at = text.At,
    }))),
})
{
    internal const string Id = "40385f64-5717-4562-b3fc-2c963f66afa6";

    internal static string Event(string type, string payload) => $$"""
        { "data": { "event_type": "{{type}}", "id": "b301ed3f-1490-491f-995f-6e64e69674d4", "occurred_at": "2026-11-28T09:32:00.000+00:00", "record_type": "event", "payload": {{payload}} },
          "meta": { "attempt": 1, "delivered_to": "https://gateway.example/webhooks/plugin" } }
        """;

    internal static string Message(string id, string status, string errors = "") => $$"""
        { "id": "{{id}}", "record_type": "message", "direction": "outbound", "type": "SMS", "from": { "phone_number": "+13105550127", "carrier": "", "line_type": "" },
          "to": [{ "phone_number": "+12125550142", "status": "{{status}}", "carrier": "", "line_type": "" }], "text": "text", "media": [], "parts": 1, "encoding": "GSM-7",
          "errors": [{{errors}}], "cost": { "amount": "0.0051", "currency": "USD" }, "completed_at": null }
        """;

    internal static ProviderAnswer Told(string status, string errors = "") => new(200, $$"""{ "data": {{Message(Id, status, errors)}} }""");

    private static string Word(MessageState state) => state switch
    {
        MessageState.Sent => "sent",
        MessageState.Delivered => "delivered",
        MessageState.Undelivered => "delivery_failed",
        _ => "delivery_unconfirmed",
    };
}
