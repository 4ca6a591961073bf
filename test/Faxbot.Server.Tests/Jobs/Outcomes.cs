using Faxbot.Sdk.Outcomes;

namespace Faxbot.Server.Tests.Jobs;

/// <summary>Outcomes as plugins and lines tell them.</summary>
internal static class Outcomes
{
    public static FaxOutcome Success(int pages = 3) => Of(OutcomeClass.Success) with { Phase = OutcomePhase.HangUp, Party = OutcomeParty.None, PagesConfirmed = pages, PagesTotal = pages };

    public static FaxOutcome Partial(int confirmed, int perhaps = 0) =>
        Of(OutcomeClass.Partial) with { Phase = OutcomePhase.Page, PagesConfirmed = confirmed, PagesPerhapsPrinted = perhaps, PagesTotal = 3 };

    public static FaxOutcome Of(OutcomeClass @class) => new()
    {
        Class = @class,
        Phase = @class is OutcomeClass.Quality ? OutcomePhase.Train : OutcomePhase.Dial,
        Party = OutcomeParty.Receiver,
        Sentence = "It ended so.",
    };
}
