using System.Text;
using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Numbers;
using Faxbot.Sdk.Webhooks;
using Faxbot.Twilio.Common;

namespace Faxbot.Twilio.Sms;

/// <summary>Twilio's webhooks: forms that tell of a status or bring a message.</summary>
internal static class TwilioWebhook
{
    // TwiML that does nothing: Twilio would send any other text to who wrote.
    private static readonly WebhookResult Taken = new() { Body = "<Response></Response>", ContentType = "text/xml" };

    /// <summary>What a webhook tells; nothing of it is looked at before its signature.</summary>
    public static WebhookResult Read(WebhookRequest request, string authToken, DateTimeOffset now)
    {
        var form = ReadForm(Encoding.UTF8.GetString(request.Body));
        var signature = request.Headers.GetValueOrDefault(TwilioSignature.HeaderName.ToLowerInvariant());
        if (!TwilioSignature.Holds(authToken, request.Url, form, signature)) return new WebhookResult { Status = 401 };
        var fields = form.DistinctBy(field => field.Key).ToDictionary();
        if (!fields.TryGetValue("MessageSid", out var sid)) return new WebhookResult { Status = 400 };
        if (fields.TryGetValue("MessageStatus", out var word))
        {
            return TwilioStatus.Of(word, fields.GetValueOrDefault("ErrorCode")) is { } status
                ? Taken with { Messages = new Dictionary<string, MessageStatus> { [sid] = status } }
                : Taken;
        }

        return fields.TryGetValue("From", out var from) && fields.TryGetValue("To", out var to)
            ? Taken with { InboundMessages = [new ReceivedMessage(sid, now, new PhoneNumber(from), new PhoneNumber(to), fields.GetValueOrDefault("Body") ?? "")] }
            : new WebhookResult { Status = 400 };
    }

    private static List<KeyValuePair<string, string>> ReadForm(string body) =>
        [.. from field in body.Split('&', StringSplitOptions.RemoveEmptyEntries) let parts = field.Split('=', 2) select KeyValuePair.Create(Decoded(parts[0]), parts.Length == 2 ? Decoded(parts[1]) : "")];

    private static string Decoded(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
