using System.Text.Json;
using Faxbot.Flowroute.Sms;
using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Testing.Contracts;
using Faxbot.Sdk.Testing.Providers;
using Faxbot.Sdk.Webhooks;
using Faxbot.Testing;

namespace Faxbot.Plugins.Tests.Messages;

/// <summary>Flowroute: JSON:API, eleven digits without a plus sign, webhooks that have nothing but a secret in their address.</summary>
public sealed class FlowrouteSmsContractTests() : MessagingPluginContract<FlowrouteSmsPlugin>(new MessagingContractOptions
{
    PackageFolder = RepositoryRoot.Of("plugins", "Faxbot.Flowroute.Sms"),
    Settings = Settings,
    NotSecret = ["$.access_key"],
    Provider = new ProviderScript
    {
        // key:secret
        Rules = new RequestRules { Authorization = "Basic a2V5OnNlY3JldA==", Accept = "application/vnd.api+json", Query = "" },
        Send = new ProviderRequest("POST", "/v2.1/messages"),
        SendRules = new RequestRules
        {
            Body = BodyRule.Json(
                $$"""{ "data": { "type": "message", "attributes": { "to": "{to}", "from": "{from}", "body": "{text}", "is_mms": false, "dlr_callback": "{webhook}?secret={{Secret}}" } } }""",
                "application/vnd.api+json"),
        },
        Accepted = new ProviderAnswer(202, $$"""{ "data": { "links": { "self": "https://api.flowroute.com/v2.1/messages/{{Id}}" }, "type": "message", "id": "{{Id}}" } }"""),
        ProviderId = Id,
        Refused = new ProviderAnswer(422, """{ "errors": [{ "id": "1", "status": 422, "title": "Unprocessable Entity", "detail": "12125550142 is not a number" }] }"""),
        Status = new ProviderRequest("GET", $"/v2.1/messages/{Id}"),
    },
    Statuses =
    [
        new(Record(), MessageState.Accepted),
        new(Record("""{ "status": "smsc submit", "status_code": null, "status_code_description": "Message has been sent", "level": 1 }"""), MessageState.Sent),
        new(Record("""{ "status": "message buffered", "status_code": 1003, "level": 2 }""", """{ "status": "smsc submit", "status_code": null, "level": 1 }"""), MessageState.Sent),
        new(Record("""{ "status": "delivered", "status_code": 1, "level": 1 }"""), MessageState.Sent),
        new(Record("""{ "status": "delivered", "status_code": 1, "level": 2 }""", """{ "status": "smsc submit", "level": 1 }"""), MessageState.Delivered),
        new(Record("""{ "status": "something new", "status_code": 1099, "level": 2 }"""), MessageState.Unknown),
    ],
    Webhooks = new WebhookScript<MessageState>
    {
        States = [MessageState.Sent, MessageState.Delivered],
        SecretInQuery = true,
        Write = notice => Webhook(notice.Address, new
        {
            data = new
            {
                type = "delivery_receipt",
                id = notice.ProviderId,
                attributes = new { body = "text", level = 2, status = notice.State == MessageState.Delivered ? "delivered" : "message buffered", status_code = 1003, status_code_description = "Message accepted by Carrier", timestamp = notice.At },
            },
        }),
    },
    Inbound = text => Webhook(text.Address, new
    {
        data = new { type = "message", id = text.ProviderId, attributes = new { body = text.Text, from = text.From[1..], to = text.To[1..], is_mms = false, status = "delivered", timestamp = text.At } },
        included = (string[])[],
    }),
})
{
    internal const string Id = "mdr2-39cadeace66e11e7aff806cd7f24ba2d", Secret = "made-up-by-the-operator";
    internal const string Settings = $$"""{ "access_key": "key", "secret_key": "secret", "webhook_secret": "{{Secret}}" }""";

    internal static ProviderAnswer Record(params string[] receipts) => new(200, $$"""
        { "data": { "type": "message", "id": "{{Id}}", "attributes": { "body": "text", "status": "delivered", "direction": "outbound", "amount_nanodollars": 4000000, "amount_display": "$0.0040",
          "to": "12125550142", "from": "13105550127", "message_encoding": 0, "is_mms": false, "message_type": "longcode", "timestamp": "2026-11-28T09:32:00.00Z",
          "delivery_receipts": [{{string.Join(',', receipts)}}] } } }
        """);

    internal static WebhookRequest Webhook(Uri address, object body) => new()
    {
        Method = "POST",
        Url = $"{address}?secret={Secret}",
        Headers = new Dictionary<string, string> { ["content-type"] = "application/json" },
        Body = JsonSerializer.SerializeToUtf8Bytes(body),
    };
}
