using Faxbot.Sdk.Outcomes;

namespace Faxbot.Cli.Output;

/// <summary>The closing line of a call.</summary>
internal static class OutcomeText
{
    public static string Headline(FaxOutcome outcome, bool sending)
    {
        if (!sending) return outcome.PagesConfirmed == 1 ? "received 1 page" : $"received {outcome.PagesConfirmed} pages";
        var count = $"{outcome.PagesConfirmed} of {outcome.PagesTotal} page{(outcome.PagesTotal == 1 ? "" : "s")}";
        return outcome.Class switch
        {
            OutcomeClass.Success => $"delivered {count}",
            OutcomeClass.Unknown => $"not known: {count} confirmed",
            _ when outcome.PagesConfirmed > 0 => $"partly delivered: {count}",
            _ => $"not delivered ({Words(outcome.Class)})",
        };
    }

    /// <summary>What else there is to say, in lines.</summary>
    public static IEnumerable<string> Details(FaxOutcome outcome)
    {
        if (outcome.Class == OutcomeClass.Success) yield break;
        yield return outcome.Sentence;
        if (outcome.Next.Length > 0) yield return outcome.Next;
        if (outcome.PagesPerhapsPrinted > 0) yield return "One page more may have been printed although it was not confirmed.";
        if (Codes(outcome) is { Length: > 0 } codes) yield return codes;
    }

    private static string Codes(FaxOutcome outcome) => string.Join(", ", new[]
    {
        $"phase {Words(outcome.Phase)}",
        outcome.SipStatus is null ? null : $"SIP {outcome.ProviderCode}",
        outcome.Q850Cause is { } cause ? $"Q.850 cause {cause}" : null,
        outcome.T30Code is { } code ? $"T.30 {code}" : null,
        outcome.BitRate is { } rate ? $"{rate} bit/s" : null,
    }.OfType<string>());

    /// <summary>A class or phase as words: <c>not fax</c>, <c>post page</c>.</summary>
    public static string Words(Enum value)
    {
        var text = new System.Text.StringBuilder();
        foreach (var c in value.ToString())
        {
            if (char.IsUpper(c) && text.Length > 0) text.Append(' ');
            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }
}
