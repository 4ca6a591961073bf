using System.Security.Cryptography;
using System.Text;
using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Testing.Contracts;
using Faxbot.Sdk.Testing.Providers;
using Faxbot.Sdk.Webhooks;
using Faxbot.Testing;
using Faxbot.Twilio.Sms;

namespace Faxbot.Plugins.Tests.Messages;

/// <summary>Twilio: forms, E.164 with plus sign, webhooks signed over address and fields.</summary>
public sealed class TwilioSmsContractTests() : MessagingPluginContract<TwilioSmsPlugin>(new MessagingContractOptions
{
    PackageFolder = RepositoryRoot.Of("plugins", "Faxbot.Twilio.Sms"),
    Settings = $$"""{ "account_sid": "{{Account}}", "auth_token": "{{Token}}", "api_key": "SK0123456789abcdef0123456789abcdef", "api_secret": "kept-at-twilio" }""",
    // SK..., the public half of a key.
    NotSecret = ["$.api_key"],
    Provider = new ProviderScript
    {
        // SK0123456789abcdef0123456789abcdef:kept-at-twilio
        Rules = new RequestRules { Authorization = "Basic U0swMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZjprZXB0LWF0LXR3aWxpbw==", Accept = "application/json", Query = "" },
        Send = new ProviderRequest("POST", $"{Root}/Messages.json"),
        SendRules = new RequestRules
        {
            Body = BodyRule.Form(new Dictionary<string, string> { ["To"] = "+{to}", ["From"] = "+{from}", ["Body"] = "{text}", ["StatusCallback"] = "{webhook}" }),
        },
        Accepted = new ProviderAnswer(201, Message("queued")),
        ProviderId = Sid,
        Refused = new ProviderAnswer(400, """{ "code": 21211, "message": "The 'To' number +12125550142 is not a valid phone number.", "status": 400 }"""),
        Status = new ProviderRequest("GET", $"{Root}/Messages/{Sid}.json"),
    },
    Statuses =
    [
        new(new ProviderAnswer(200, Message("accepted")), MessageState.Accepted),
        new(new ProviderAnswer(200, Message("scheduled")), MessageState.Accepted),
        new(new ProviderAnswer(200, Message("queued")), MessageState.Accepted),
        new(new ProviderAnswer(200, Message("sending")), MessageState.Accepted),
        new(new ProviderAnswer(200, Message("sent")), MessageState.Sent),
        new(new ProviderAnswer(200, Message("delivered")), MessageState.Delivered),
        new(new ProviderAnswer(200, Message("read")), MessageState.Delivered),
        new(new ProviderAnswer(200, Message("undelivered", "30003")), MessageState.Undelivered),
        new(new ProviderAnswer(200, Message("failed", "99999")), MessageState.Undelivered),
        new(new ProviderAnswer(200, Message("failed")), MessageState.Undelivered),
        new(new ProviderAnswer(200, Message("canceled")), MessageState.Undelivered),
        new(new ProviderAnswer(200, Message("partially_delivered")), MessageState.Unknown),
    ],
    OptedOut = new ProviderAnswer(400, """{ "code": 21610, "message": "Attempt to send to unsubscribed recipient +12125550142", "status": 400 }"""),
    Webhooks = new WebhookScript<MessageState>
    {
        States = [MessageState.Accepted, MessageState.Sent, MessageState.Delivered, MessageState.Undelivered],
        SignatureHeaders = ["x-twilio-signature"],
        CoversUrl = true,
        Write = notice => Signed(notice.Address, new()
        {
            ["MessageSid"] = notice.ProviderId, ["AccountSid"] = Account, ["From"] = "+13105550127", ["To"] = "+12125550142", ["SmsStatus"] = Word(notice.State),
            ["MessageStatus"] = Word(notice.State), ["ErrorCode"] = notice.State == MessageState.Undelivered ? "30006" : "", ["RawDlrDoneDate"] = "2611280932",
        }),
    },
    Inbound = text => Signed(text.Address, new()
    {
        ["MessageSid"] = text.ProviderId, ["AccountSid"] = Account, ["SmsStatus"] = "received", ["From"] = text.From, ["To"] = text.To, ["Body"] = text.Text, ["NumMedia"] = "0", ["NumSegments"] = "1",
    }),
})
{
    internal const string Account = "AC0123456789abcdef0123456789abcdef", Token = "token-of-the-account", Sid = "SM0123456789abcdef0123456789abcdef";
    internal const string Root = $"/2010-04-01/Accounts/{Account}";

    internal static string Message(string status, string errorCode = "null", string price = "null") => $$"""
        { "sid": "{{Sid}}", "account_sid": "{{Account}}", "to": "+12125550142", "from": "+13105550127", "body": "text", "status": "{{status}}", "direction": "outbound-api",
          "num_segments": "1", "num_media": "0", "price": {{price}}, "price_unit": "USD", "error_code": {{errorCode}}, "error_message": null,
          "date_sent": "Sat, 28 Nov 2026 09:32:00 +0000", "uri": "{{Root}}/Messages/{{Sid}}.json" }
        """;

    // Written here once more, after Twilio's documentation and not after the plugin.
    internal static WebhookRequest Signed(Uri address, SortedDictionary<string, string> form)
    {
        var text = address + string.Concat(form.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => field.Key + field.Value));
        return new WebhookRequest
        {
            Method = "POST",
            Url = address.ToString(),
            Headers = new Dictionary<string, string>
            {
                ["content-type"] = "application/x-www-form-urlencoded; charset=UTF-8",
                ["x-twilio-signature"] = Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(Token), Encoding.UTF8.GetBytes(text))),
            },
            Body = Encoding.UTF8.GetBytes(string.Join('&', form.Select(field => $"{field.Key}={Uri.EscapeDataString(field.Value).Replace("%20", "+", StringComparison.Ordinal)}"))),
        };
    }

    private static string Word(MessageState state) => state switch
    {
        MessageState.Accepted => "queued",
        MessageState.Sent => "sent",
        MessageState.Delivered => "delivered",
        _ => "undelivered",
    };
}
