using Faxbot.Fax.T30;
using Faxbot.Sdk.Outcomes;

namespace Faxbot.Lines.Outcomes;

/// <summary>What the end of a T.30 session means for a fax.</summary>
internal static class FaxOutcomes
{
    /// <summary>The outcome of a session that sent <paramref name="pagesTotal"/> pages, counted from the first that was to be sent.</summary>
    public static FaxOutcome Sent(FaxResult result, int pagesTotal)
    {
        var outcome = Describe(result, sending: true) with { PagesTotal = pagesTotal, PagesPerhapsPrinted = result.PagesPerhapsPrinted };
        var lastPageOpen = result.PagesPerhapsPrinted > 0 && result.PagesConfirmed + 1 == pagesTotal && result.Phase == FaxPhase.PostPage;
        if (lastPageOpen && result.End is FaxEnd.Silence or FaxEnd.LineLost or FaxEnd.Disconnected)
        {
            return outcome with
            {
                Class = OutcomeClass.Unknown,
                Sentence = "Every page was sent, but the call ended before the last one was confirmed.",
                Next = "Ask the recipient before sending it again: the last page may have been printed.",
            };
        }

        return outcome;
    }

    /// <summary>The outcome of a session that received.</summary>
    public static FaxOutcome Received(FaxResult result) => Describe(result, sending: false) with { PagesTotal = result.PagesConfirmed };

    private static FaxOutcome Describe(FaxResult result, bool sending)
    {
        var (kind, party, sentence, next) = Classify(result, sending);
        return new FaxOutcome
        {
            Class = kind,
            Phase = PhaseOf(result.Phase),
            Party = party,
            Sentence = sentence,
            Next = next,
            T30Code = CodeOf(result, sending),
            PagesConfirmed = result.PagesConfirmed,
            Medium = FaxMedium.T38,
            BitRate = result.Settings?.Modulation.BitRate(),
            Ecm = result.Settings?.Ecm,
            FarIdentity = result.FarIdentity,
        };
    }

    private static (OutcomeClass Class, OutcomeParty Party, string Sentence, string Next) Classify(FaxResult result, bool sending)
    {
        var pages = result.PagesConfirmed;
        return result.End switch
        {
            FaxEnd.Completed => (OutcomeClass.Success, OutcomeParty.None, sending ? "Every page was confirmed." : "Every page was received.", ""),
            FaxEnd.NoFax when pages == 0 && result.FarIdentity is not null => (OutcomeClass.Quality, OutcomeParty.Receiver,
                "A fax machine named itself, but what it can do did not come through.", "Try again, or another route."),
            FaxEnd.NoFax when pages == 0 => (OutcomeClass.NotFax, sending ? OutcomeParty.Number : OutcomeParty.Receiver,
                "The call was answered, but no fax machine identified itself.", "Check the number: a person or a machine without fax answered."),
            FaxEnd.Incompatible => (OutcomeClass.Capability, OutcomeParty.Receiver,
                sending ? "The fax machine cannot receive what can be sent to it." : "The sender asked for something this side cannot do.",
                "Ask the recipient whether the machine is set to receive."),
            FaxEnd.TrainingFailed => (OutcomeClass.Quality, OutcomeParty.Receiver, "The line was too bad for any speed.", "Try again, or another route."),
            FaxEnd.Quality => (OutcomeClass.Quality, OutcomeParty.Receiver, $"A page was rejected as unreadable after {Count(pages)}.",
                "Try again at a lower rate, from the first unconfirmed page."),
            FaxEnd.NotReady => (OutcomeClass.Refused, OutcomeParty.Receiver, "The receiver was not ready for too long, perhaps out of paper.", "Try again later."),
            FaxEnd.Interrupted => (OutcomeClass.Refused, OutcomeParty.Receiver, "The receiver's operator interrupted the transmission.", "Call the recipient."),
            FaxEnd.Refused => (OutcomeClass.Refused, OutcomeParty.Receiver, "The password or address that was given is not accepted.", "Check it with the recipient."),
            FaxEnd.Cancelled => (OutcomeClass.Local, OutcomeParty.Local, $"The call was cancelled on this side after {Count(pages)}.", ""),
            _ when pages > 0 => (OutcomeClass.Partial, OutcomeParty.Receiver,
                $"The call broke off after {Count(pages)} had been {(sending ? "confirmed" : "received")}.",
                sending ? "Send the rest, from the first unconfirmed page." : "Ask the sender for the rest."),
            FaxEnd.LineLost or FaxEnd.Disconnected when result is { Phase: FaxPhase.CallSetUp, FarIdentity: null } => (OutcomeClass.NotFax, OutcomeParty.Number,
                "The far end hung up before it identified itself as a fax machine.", "Check the number."),
            FaxEnd.Disconnected when result.Phase is FaxPhase.Negotiation or FaxPhase.Training => (OutcomeClass.Refused, OutcomeParty.Receiver,
                "The fax machine ended the call before the first page.", "Ask the recipient; some machines refuse unknown senders."),
            FaxEnd.Silence when result.Phase is FaxPhase.Negotiation or FaxPhase.Training => (OutcomeClass.Quality, OutcomeParty.Receiver,
                "The fax machine stopped answering before the first page.", "Try again, or another route."),
            _ => (OutcomeClass.Quality, OutcomeParty.Receiver, $"The call broke off before a page was {(sending ? "confirmed" : "received")}.",
                sending ? "Try again." : ""),
        };
    }

    private static string Count(int pages) => pages == 1 ? "1 page" : $"{pages} pages";

    private static OutcomePhase PhaseOf(FaxPhase phase) => phase switch
    {
        FaxPhase.CallSetUp or FaxPhase.Negotiation => OutcomePhase.Negotiate,
        FaxPhase.Training => OutcomePhase.Train,
        FaxPhase.Page => OutcomePhase.Page,
        FaxPhase.PostPage => OutcomePhase.PostPage,
        _ => OutcomePhase.HangUp,
    };

    private static string? CodeOf(FaxResult result, bool sending) => result.End switch
    {
        FaxEnd.NoFax => "T1",
        FaxEnd.NotReady => "T5",
        // T.30 5.4.3: a transmitter waits T4 for a reply, a receiver T2 for a command.
        FaxEnd.Silence => sending ? "T4" : "T2",
        FaxEnd.Cancelled => null,
        FaxEnd.LineLost => "BYE",
        _ => result.LastFrame?.ToString().ToUpperInvariant(),
    };
}
