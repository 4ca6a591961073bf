using System.Text.Json;
using System.Text.Json.Serialization;
using Faxbot.Fax.T30;
using Faxbot.Lines;
using Faxbot.Sdk.Outcomes;

namespace Faxbot.Cli.Output;

/// <summary>Events and outcomes as JSON objects, one a line.</summary>
internal static class CallJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>An event: <c>time</c>, <c>event</c> and the event's own fields.</summary>
    public static string Write(TimedEvent happened)
    {
        object value = happened.Event is LineEvent.Fax fax ? fax.Event : happened.Event;
        var fields = new Dictionary<string, object?>
        {
            ["time"] = happened.At,
            ["event"] = JsonNamingPolicy.SnakeCaseLower.ConvertName(value.GetType().Name),
        };
        AddFields(fields, value);
        return JsonSerializer.Serialize(fields, Options);
    }

    /// <summary>The outcome: <c>event</c> is <c>outcome</c>.</summary>
    public static string Write(FaxOutcome outcome, string? receivedFile)
    {
        var fields = new Dictionary<string, object?> { ["event"] = "outcome" };
        foreach (var property in typeof(FaxOutcome).GetProperties())
            fields[JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name)] = property.GetValue(outcome);
        fields["file"] = receivedFile;
        return JsonSerializer.Serialize(fields, Options);
    }

    /// <summary>A line of the trace: <c>time</c>, <c>direction</c>, <c>frame</c>, and its octets in hexadecimal.</summary>
    public static string WriteFrame(DateTimeOffset at, FaxEvent.FrameSeen frame) => JsonSerializer.Serialize(new Dictionary<string, object?>
    {
        ["time"] = at,
        ["direction"] = frame.Sent ? "sent" : "received",
        ["frame"] = frame.Type.ToString().ToUpperInvariant(),
        ["octets"] = Convert.ToHexStringLower(frame.Octets.Span),
    }, Options);

    private static void AddFields(Dictionary<string, object?> fields, object value)
    {
        switch (value)
        {
            case FaxEvent.Negotiated { Settings: var settings }:
                fields["bit_rate"] = settings.Modulation.BitRate();
                fields["coding"] = settings.Coding;
                fields["ecm"] = settings.Ecm;
                fields["resolution"] = settings.Format.Resolution;
                fields["width"] = settings.Format.Width;
                break;
            case FaxEvent.FrameSeen frame:
                fields["direction"] = frame.Sent ? "sent" : "received";
                fields["frame"] = frame.Type.ToString().ToUpperInvariant();
                break;
            case FaxEvent.Ended { Result: var result }:
                fields["end"] = result.End;
                fields["phase"] = result.Phase;
                break;
            default:
                foreach (var property in value.GetType().GetProperties())
                {
                    if (property.Name != "EqualityContract") fields[JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name)] = property.GetValue(value);
                }

                break;
        }
    }
}
