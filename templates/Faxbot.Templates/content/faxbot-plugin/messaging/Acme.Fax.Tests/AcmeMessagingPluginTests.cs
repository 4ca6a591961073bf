using System.Globalization;
using System.Text.Json;
using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Testing.Contracts;
using Faxbot.Sdk.Testing.Providers;
using Faxbot.Sdk.Webhooks;

namespace Acme.Fax.Tests;

public sealed class AcmeMessagingPluginTests() : MessagingPluginContract<AcmeMessagingPlugin>(new MessagingContractOptions
{
    Settings = """{ "api_key": "key-of-acme", "webhook_key": "webhook-key-of-acme", "sender": "ACME" }""",
    Provider = new ProviderScript
    {
        // Every request proves the account, and one that sends is written so and not otherwise: Acme wants E.164 with a plus sign.
        Rules = new RequestRules { Authorization = "Bearer key-of-acme", Accept = "application/json", Query = "" },
        Send = new ProviderRequest("POST", "/v1/messages"),
        SendRules = new RequestRules { Body = BodyRule.Json("""{ "to": "+{to}", "from": "+{from}", "text": "{text}" }""") },
        Accepted = new ProviderAnswer(202, """{ "id": "msg_31", "status": "accepted" }"""),
        ProviderId = "msg_31",
        Refused = new ProviderAnswer(400, """{ "error": "invalid_number", "message": "+12125550142 is no number" }"""),
        Status = new ProviderRequest("GET", "/v1/messages/msg_31"),
        IdempotencyKey = call => call.Headers["Idempotency-Key"],
    },
    Statuses =
    [
        new(Told("accepted"), MessageState.Accepted),
        new(Told("sent"), MessageState.Sent),
        new(Told("delivered"), MessageState.Delivered),
        new(Told("failed", ", \"error\": \"blocked\""), MessageState.Undelivered),
        new(Told("something-new"), MessageState.Unknown),
    ],
    OptedOut = new ProviderAnswer(403, """{ "error": "opted_out" }"""),
    Webhooks = new WebhookScript<MessageState>
    {
        States = [MessageState.Sent, MessageState.Delivered],
        SignatureHeaders = [WebhookSignature.TimeHeader, WebhookSignature.SignatureHeader],
        ReplayWindow = WebhookSignature.Window,
        Write = notice => Signed(notice.Address, notice.At, new { id = notice.ProviderId, status = notice.State == MessageState.Delivered ? "delivered" : "sent" }),
    },
    Inbound = text => Signed(text.Address, text.At, new { id = text.ProviderId, status = "received", from = text.From, to = text.To, text = text.Text }),
})
{
    private static ProviderAnswer Told(string status, string more = "") => new(200, $$"""{ "id": "msg_31", "status": "{{status}}"{{more}} }""");

    private static WebhookRequest Signed(Uri address, DateTimeOffset at, object told)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(told);
        var time = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return new WebhookRequest
        {
            Method = "POST",
            Url = address.ToString(),
            Headers = new Dictionary<string, string>
            {
                [WebhookSignature.TimeHeader] = time,
                [WebhookSignature.SignatureHeader] = WebhookSignature.Sign("webhook-key-of-acme", time, body),
            },
            Body = body,
        };
    }
}
