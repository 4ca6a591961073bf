using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Outcomes;

namespace Faxbot.Server.Jobs;

/// <summary>The outcomes that the gateway itself comes to, without a word from plugin or line.</summary>
internal static class GatewayOutcomes
{
    /// <summary>The owner did not want it any more. What an earlier attempt reached is kept.</summary>
    public static FaxOutcome Cancelled(FaxRow row) => row.ToJob().Outcome is { } last
        ? last with { Next = "It was cancelled." }
        : Local("It was cancelled before it was sent.") with { Party = OutcomeParty.Policy };

    /// <summary>A person decided about a fax whose outcome was unknown.</summary>
    public static FaxOutcome Resolved(FaxOutcome unknown, bool arrived) => arrived
        ? unknown with { Class = OutcomeClass.Success, Party = OutcomeParty.None, Sentence = "A person says that it arrived.", Next = "" }
        : unknown with { Sentence = "A person says that it did not arrive.", Next = "" };

    /// <summary>Nothing left, as is proven.</summary>
    public static FaxOutcome NeverSent { get; } = Local("The attempt was broken off before anything left.");

    /// <summary>The provider told that it ended, and not how.</summary>
    public static FaxOutcome Untold(FaxState state, int pages) => state == FaxState.Success
        ? new FaxOutcome
        {
            Class = OutcomeClass.Success,
            Phase = OutcomePhase.HangUp,
            Party = OutcomeParty.None,
            Sentence = "The provider says that it arrived.",
            PagesConfirmed = pages,
            PagesTotal = pages,
        }
        : new FaxOutcome
        {
            Class = OutcomeClass.Refused,
            Phase = OutcomePhase.Dial,
            Party = OutcomeParty.Trunk,
            Sentence = state == FaxState.Cancelled ? "It was cancelled at the provider." : "The provider says that it failed, and not why.",
        };

    /// <summary>Each page was confirmed, though nobody told the end.</summary>
    public static FaxOutcome AllConfirmed(int pages) => new()
    {
        Class = OutcomeClass.Success,
        Phase = OutcomePhase.HangUp,
        Party = OutcomeParty.None,
        Sentence = "Every page was confirmed; the end of the call was not seen.",
        PagesConfirmed = pages,
        PagesTotal = pages,
    };

    /// <summary>Nobody can tell what became of the attempt.</summary>
    public static FaxOutcome Lost(int confirmed, int perhaps, int total) => new()
    {
        Class = OutcomeClass.Unknown,
        Phase = confirmed > 0 || perhaps > 0 ? OutcomePhase.Page : OutcomePhase.Dial,
        Party = OutcomeParty.Local,
        Sentence = confirmed == 0
            ? "The attempt lost its end: it cannot be told whether anything arrived."
            : $"The attempt lost its end: {confirmed} pages were confirmed, of the others it cannot be told.",
        Next = "Ask the receiver, then say whether it arrived or send it again.",
        PagesConfirmed = confirmed,
        PagesPerhapsPrinted = perhaps,
        PagesTotal = total,
    };

    /// <summary>Our own side failed before anything left.</summary>
    public static FaxOutcome Local(string sentence) => new()
    {
        Class = OutcomeClass.Local,
        Phase = OutcomePhase.Dial,
        Party = OutcomeParty.Local,
        Sentence = sentence,
    };

    /// <summary>A rule forbids it; nothing was dialled.</summary>
    public static FaxOutcome Forbidden(string sentence, string next) => new()
    {
        Class = OutcomeClass.Rejected,
        Phase = OutcomePhase.Dial,
        Party = OutcomeParty.Policy,
        Sentence = sentence,
        Next = next,
    };
}
