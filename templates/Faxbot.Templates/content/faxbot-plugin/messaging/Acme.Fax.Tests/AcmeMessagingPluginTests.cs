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
        Send = new ProviderRequest("POST", "/v1/messages"),
        Accepted = new ProviderAnswer(202, """{ "id": "msg_31", "status": "accepted" }"""),
        ProviderId = "msg_31",
        Refused = new ProviderAnswer(400, """{ "error": "invalid number" }"""),
        Status = new ProviderRequest("GET", "/v1/messages/msg_31"),
        IdempotencyKey = call => call.Headers["Idempotency-Key"],
    },
    Statuses =
    [
        new(Told("accepted"), MessageState.Accepted),
        new(Told("sent"), MessageState.Sent),
        new(Told("delivered"), MessageState.Delivered),
        new(Told("failed"), MessageState.Undelivered),
        new(Told("something-new"), MessageState.Unknown),
    ],
    Webhooks = new WebhookScript<MessageState>
    {
        States = [MessageState.Sent, MessageState.Delivered],
        SignatureHeaders = [WebhookSignature.TimeHeader, WebhookSignature.SignatureHeader],
        ReplayWindow = WebhookSignature.Window,
        Write = Signed,
    },
})
{
    private static ProviderAnswer Told(string status) => new(200, $$"""{ "id": "msg_31", "status": "{{status}}" }""");

    private static WebhookRequest Signed(WebhookNotice<MessageState> notice)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new { id = notice.ProviderId, status = notice.State == MessageState.Delivered ? "delivered" : "sent" });
        var time = notice.At.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return new WebhookRequest
        {
            Method = "POST",
            Url = notice.Address.ToString(),
            Headers = new Dictionary<string, string>
            {
                [WebhookSignature.TimeHeader] = time,
                [WebhookSignature.SignatureHeader] = WebhookSignature.Sign("webhook-key-of-acme", time, body),
            },
            Body = body,
        };
    }
}
