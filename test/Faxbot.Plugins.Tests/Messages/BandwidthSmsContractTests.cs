using System.Globalization;
using System.Text;
using System.Text.Json;
using Faxbot.Bandwidth.Sms;
using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Testing.Contracts;
using Faxbot.Sdk.Testing.Providers;
using Faxbot.Sdk.Webhooks;
using Faxbot.Testing;

namespace Faxbot.Plugins.Tests.Messages;

/// <summary>Bandwidth: JSON in camel case, E.164 with plus sign, webhooks that are arrays and come with a password.</summary>
public sealed class BandwidthSmsContractTests() : MessagingPluginContract<BandwidthSmsPlugin>(new MessagingContractOptions
{
    PackageFolder = RepositoryRoot.Of("plugins", "Faxbot.Bandwidth.Sms"),
    Settings = Settings,
    Provider = new ProviderScript
    {
        // api-user:kept-at-bandwidth
        Rules = new RequestRules { Authorization = "Basic YXBpLXVzZXI6a2VwdC1hdC1iYW5kd2lkdGg=", Accept = "application/json" },
        Send = new ProviderRequest("POST", "/api/v2/users/9900000/messages"),
        SendRules = new RequestRules
        {
            Query = "",
            Body = BodyRule.Json("""{ "applicationId": "app-27", "to": ["+{to}"], "from": "+{from}", "text": "{text}", "tag": "{attempt}" }"""),
        },
        Accepted = new ProviderAnswer(202, $$"""
            { "id": "{{Id}}", "owner": "+13105550127", "applicationId": "app-27", "time": "2026-11-28T09:32:00.000Z", "segmentCount": 1, "direction": "out",
              "to": ["+12125550142"], "from": "+13105550127", "text": "text", "tag": "attempt-1", "priority": "default" }
            """),
        ProviderId = Id,
        Refused = new ProviderAnswer(400, """
            { "type": "request-validation", "description": "Your request could not be accepted.", "fieldErrors": [{ "fieldName": "to", "description": "'+12125550142' must be replaced with a valid E164 formatted telephone number" }] }
            """),
        Status = new ProviderRequest("GET", $"/api/v2/users/9900000/messages?messageId={Id}"),
    },
    Statuses =
    [
        new(Found("QUEUED"), MessageState.Accepted),
        new(Found("SENDING"), MessageState.Accepted),
        new(Found("ACCEPTED"), MessageState.Accepted),
        new(Found("SENT"), MessageState.Sent),
        new(Found("DELIVERED"), MessageState.Delivered),
        new(Found("FAILED", 4720), MessageState.Undelivered),
        new(Found("UNDELIVERED", 4301), MessageState.Undelivered),
        new(Found("FAILED", 9902), MessageState.Unknown),
        new(Found("SOMETHING_NEW"), MessageState.Unknown),
        new(new ProviderAnswer(200, """{ "totalCount": 0, "pageInfo": {}, "messages": [] }"""), MessageState.Unknown),
    ],
    Webhooks = new WebhookScript<MessageState>
    {
        States = [MessageState.Accepted, MessageState.Sent, MessageState.Delivered, MessageState.Undelivered, MessageState.Unknown],
        ProofHeaders = ["authorization"],
        Write = notice => Webhook(notice.Address, Event(notice.ProviderId, notice.State, notice.At)),
    },
    Inbound = text => Webhook(text.Address, new
    {
        time = text.At,
        type = "message-received",
        to = text.To,
        description = "Incoming message received",
        message = new { id = text.ProviderId, owner = text.To, applicationId = "app-27", time = text.At, segmentCount = 1, direction = "in", to = (string[])[text.To], from = text.From, text = text.Text, media = (string[])[] },
    }),
})
{
    internal const string Id = "1589228074636lm4k2je7j7jklbn2";
    internal const string Settings = """
        { "account_id": "9900000", "api_user": "api-user", "api_password": "kept-at-bandwidth", "application_id": "app-27",
          "webhook_user": "callbacks", "webhook_password": "sixteen-or-more-letters" }
        """;

    internal static object Event(string id, MessageState state, DateTimeOffset at)
    {
        var (type, errorCode) = state switch
        {
            MessageState.Accepted => ("message-sending", (int?)null),
            MessageState.Sent => ("message-sent", null),
            MessageState.Delivered => ("message-delivered", null),
            MessageState.Undelivered => ("message-failed", 4720),
            _ => ("message-failed", 9902),
        };
        return new
        {
            time = at.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
            type,
            to = "+12125550142",
            description = "About +12125550142",
            errorCode,
            message = new { id, owner = "+13105550127", applicationId = "app-27", time = at, segmentCount = 1, direction = "out", to = (string[])["+12125550142"], from = "+13105550127", text = "", tag = "attempt-1" },
        };
    }

    internal static WebhookRequest Webhook(Uri address, params object[] events) => new()
    {
        Method = "POST",
        Url = address.ToString(),
        Headers = new Dictionary<string, string>
        {
            ["content-type"] = "application/json",
            ["authorization"] = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes("callbacks:sixteen-or-more-letters"))}",
        },
        Body = JsonSerializer.SerializeToUtf8Bytes(events),
    };

    private static ProviderAnswer Found(string status, int errorCode = 0) => new(200, $$"""
        { "totalCount": 1, "pageInfo": {}, "messages": [{ "messageId": "{{Id}}", "accountId": "9900000", "sourceTn": "+13105550127", "destinationTn": "+12125550142",
          "messageStatus": "{{status}}", "messageDirection": "OUTBOUND", "messageType": "sms", "segmentCount": 1, "errorCode": {{errorCode}}, "receiveTime": "2026-11-28T09:32:00.000Z" }] }
        """);
}
