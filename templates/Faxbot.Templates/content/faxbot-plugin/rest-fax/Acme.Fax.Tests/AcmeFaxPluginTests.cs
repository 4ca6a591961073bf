using System.Globalization;
using System.Text.Json;
using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Testing.Contracts;
using Faxbot.Sdk.Testing.Providers;
using Faxbot.Sdk.Webhooks;

namespace Acme.Fax.Tests;

public sealed class AcmeFaxPluginTests() : RestFaxPluginContract<AcmeFaxPlugin>(new RestFaxContractOptions
{
    Settings = """{ "api_key": "key-of-acme", "webhook_key": "webhook-key-of-acme" }""",
    Provider = new ProviderScript
    {
        Send = new ProviderRequest("POST", "/v1/faxes"),
        Accepted = new ProviderAnswer(201, """{ "id": "fx_31", "status": "queued" }"""),
        ProviderId = "fx_31",
        Refused = new ProviderAnswer(422, """{ "error": "invalid number" }"""),
        Status = new ProviderRequest("GET", "/v1/faxes/fx_31"),
        IdempotencyKey = call => call.Headers["Idempotency-Key"],
    },
    Statuses =
    [
        new(Told("queued"), FaxState.Queued),
        new(Told("sending"), FaxState.InProgress),
        new(Told("delivered"), FaxState.Success),
        new(Told("busy"), FaxState.Failed),
        new(Told("no-answer"), FaxState.Failed),
        new(Told("something-new"), FaxState.Unknown),
    ],
    Webhooks = new WebhookScript<FaxState>
    {
        States = [FaxState.InProgress, FaxState.Success],
        SignatureHeaders = [WebhookSignature.TimeHeader, WebhookSignature.SignatureHeader],
        ReplayWindow = WebhookSignature.Window,
        Write = Signed,
    },
})
{
    private static ProviderAnswer Told(string status) => new(200, $$"""{ "id": "fx_31", "status": "{{status}}" }""");

    private static WebhookRequest Signed(WebhookNotice<FaxState> notice)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new { id = notice.ProviderId, status = notice.State == FaxState.Success ? "delivered" : "sending" });
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
