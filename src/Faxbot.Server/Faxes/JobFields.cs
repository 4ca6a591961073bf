using System.Globalization;
using Faxbot.Server.Api;
using Faxbot.Server.Webhooks;
using PhoneNumber = Faxbot.Sdk.Numbers.PhoneNumber;

namespace Faxbot.Server.Faxes;

/// <summary>Reads the fields that forms have in common, whatever is sent. Fields that nobody knows are passed over, as clients of old send some.</summary>
internal class JobFields(IReadOnlyDictionary<string, string> fields, FieldErrors errors)
{
    /// <summary>Characters of a caller's own name.</summary>
    public const int LongestReference = 200;

    /// <summary>From now to the latest instant to send at.</summary>
    public static readonly TimeSpan FurthestAhead = TimeSpan.FromDays(366);

    public PhoneNumber To(string? country)
    {
        if (DialString.TryParse(Raw("to"), country, out var number) is { } problem) errors.Add("to", problem);
        return number;
    }

    public PhoneNumber? From(string? country)
    {
        if (Text("from") is not { } text) return null;
        if (DialString.TryParse(text, country, out var number) is { } problem) errors.Add("from", problem);
        return number;
    }

    public DateTimeOffset? SendAt(DateTimeOffset now)
    {
        if (Text("send_at") is not { } text) return null;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at))
            return Wrong<DateTimeOffset?>("send_at", "An instant as ISO 8601, such as 2026-03-02T09:00:00Z.");
        return at <= now + FurthestAhead ? at : Wrong<DateTimeOffset?>("send_at", "At most a year ahead.");
    }

    /// <param name="isEnabled">Which plugins may be named.</param>
    public string? Plugin(Func<string, bool> isEnabled) => Text("plugin") is not { } id || isEnabled(id) ? Text("plugin") : Wrong<string>("plugin", "No plugin for this with that id is enabled.");

    /// <param name="webhooks">Which addresses may be told.</param>
    public string? Webhook(WebhookAddressRules webhooks)
    {
        if (Text("webhook_url") is not { } text) return null;
        return webhooks.Problem(text) is { } problem ? Wrong<string>("webhook_url", problem) : text;
    }

    public string? ClientReference() => Text("client_reference") is { Length: > LongestReference } ? Wrong<string>("client_reference", $"At most {LongestReference} characters.") : Text("client_reference");

    /// <summary>The field as it was sent; null when it was not.</summary>
    protected string? Raw(string field) => fields.GetValueOrDefault(field);

    /// <summary>The field without blanks around it; null when nothing is left.</summary>
    protected string? Text(string field) => Raw(field)?.Trim() is { Length: > 0 } text ? text : null;

    protected T? Wrong<T>(string field, string sentence)
    {
        errors.Add(field, sentence);
        return default;
    }
}
