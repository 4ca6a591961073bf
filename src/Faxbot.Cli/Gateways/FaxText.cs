using System.Globalization;
using Faxbot.Client.Faxes;

namespace Faxbot.Cli.Gateways;

/// <summary>A fax in words.</summary>
internal static class FaxText
{
    /// <summary>Where it stands, in a line.</summary>
    public static string Headline(SentFax fax) => fax.State switch
    {
        "success" => $"delivered {Pages(fax)}",
        "failed" when fax.PagesConfirmed > 0 => $"partly delivered: {Pages(fax)}",
        "failed" => $"not delivered ({Words(fax.Outcome?.Class)})",
        "unknown" => $"not known: {Pages(fax)} confirmed",
        "queued" when fax.Dials > 0 => string.Create(CultureInfo.InvariantCulture, $"waits for the next call ({Words(fax.Outcome?.Class)} at call {fax.Dials}), due {fax.DueAt:u}"),
        _ => Words(fax.State),
    };

    /// <summary>What else there is to say, in lines.</summary>
    public static IEnumerable<string> Details(SentFax fax)
    {
        if (fax.State == "success" || fax.Outcome is not { } outcome) yield break;
        yield return outcome.Sentence;
        if (fax.Next is { Length: > 0 } next) yield return next;
        if (outcome.PagesPerhapsPrinted > 0) yield return "One page more may have been printed although it was not confirmed.";
    }

    /// <summary>The exit code that tells a script the same.</summary>
    public static int ExitCodeOf(SentFax fax) => fax.State switch
    {
        "success" => ExitCode.Delivered,
        "unknown" => ExitCode.Unknown,
        "failed" when fax.PagesConfirmed > 0 => ExitCode.PartlyDelivered,
        "failed" when fax.Outcome is { Class: "rejected", Party: "number" or "document" } => ExitCode.BadInput,
        _ => ExitCode.NotDelivered,
    };

    private static string Pages(SentFax fax) => $"{fax.PagesConfirmed} of {fax.Pages?.ToString(CultureInfo.InvariantCulture) ?? "?"} page{(fax.Pages == 1 ? "" : "s")}";

    private static string Words(string? name) => name?.Replace('_', ' ') ?? "no outcome yet";
}
