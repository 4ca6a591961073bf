using System.Text.Json;
using Faxbot.Client.Faxes;

namespace Faxbot.Cli.Gateways;

/// <summary>Says in words what a gateway tells of one fax. What it goes through again and again while it waits for a trunk is said once.</summary>
internal sealed class FaxNarrator
{
    private readonly HashSet<string> _said = [];

    /// <summary>A line for what happened; null where there is nothing for people in it, or nothing new.</summary>
    public string? Tell(FaxHappening happened)
    {
        var line = LineFor(happened);
        if (happened.Type == "fax.dialled") _said.Clear();
        return happened.Type is "fax.queued" or "fax.preparing" && !_said.Add(line!) ? null : line;
    }

    private static string? LineFor(FaxHappening happened) => happened.Type switch
    {
        "fax.queued" when happened.Data.TryGetProperty("trunk", out var trunk) && trunk.ValueKind == JsonValueKind.String => "waits until a trunk is free",
        "fax.queued" => "queued",
        "fax.preparing" => "the pages are drawn",
        "fax.dialled" => "calling",
        "fax.ringing" => "ringing",
        "fax.answered" => "answered",
        "fax.t38" => $"T.38 version {Number(happened, "version")}, asked for by {(Flag(happened, "by_us") ? "us" : "the far end")}, {Text(happened, "error_correction")} against loss",
        "fax.negotiated" => $"{Number(happened, "bit_rate")} bit/s, {Text(happened, "coding")}, {(Flag(happened, "ecm") ? "error correction" : "no error correction")}, {Text(happened, "resolution")}",
        "fax.training_failed" => $"training failed at {Number(happened, "bit_rate")} bit/s",
        "fax.page_confirmed" => $"page {Number(happened, "page") + 1} confirmed",
        "fax.page_rejected" => $"page {Number(happened, "page") + 1} rejected",
        "fax.cancel_requested" => "asked to end",
        _ => null,
    };

    private static long Number(FaxHappening happened, string name) => happened.Data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : 0;

    private static bool Flag(FaxHappening happened, string name) => happened.Data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static string Text(FaxHappening happened, string name) => happened.Data.TryGetProperty(name, out var value) ? value.ToString() : "?";
}
