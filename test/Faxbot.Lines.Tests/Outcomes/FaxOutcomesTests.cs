using Faxbot.Fax.T30;
using Faxbot.Lines.Outcomes;
using Faxbot.Sdk.Outcomes;

namespace Faxbot.Lines.Tests.Outcomes;

/// <summary>What the end of a session means, by what was seen of the far end before it.</summary>
public sealed class FaxOutcomesTests
{
    [Theory]
    [InlineData(FaxEnd.LineLost, FaxPhase.CallSetUp, 0, null, OutcomeClass.NotFax)]
    [InlineData(FaxEnd.LineLost, FaxPhase.CallSetUp, 0, "+1 555 0199", OutcomeClass.Quality)]
    [InlineData(FaxEnd.NoFax, FaxPhase.CallSetUp, 0, null, OutcomeClass.NotFax)]
    [InlineData(FaxEnd.NoFax, FaxPhase.CallSetUp, 0, "+1 555 0199", OutcomeClass.Quality)]
    [InlineData(FaxEnd.LineLost, FaxPhase.Training, 0, "+1 555 0199", OutcomeClass.Quality)]
    [InlineData(FaxEnd.Disconnected, FaxPhase.Training, 0, "+1 555 0199", OutcomeClass.Refused)]
    [InlineData(FaxEnd.LineLost, FaxPhase.Page, 1, null, OutcomeClass.Partial)]
    [InlineData(FaxEnd.Silence, FaxPhase.PostPage, 1, null, OutcomeClass.Partial)]
    [InlineData(FaxEnd.TrainingFailed, FaxPhase.Training, 0, null, OutcomeClass.Quality)]
    public void A_fax_that_was_sent_is_judged_by_what_the_receiver_said(FaxEnd end, FaxPhase phase, int pages, string? identity, OutcomeClass expected) =>
        Assert.Equal(expected, FaxOutcomes.Sent(Result(end, phase, pages, identity), pagesTotal: 3).Class);

    [Theory]
    [InlineData(FaxEnd.LineLost, FaxPhase.CallSetUp, 0, null, OutcomeClass.NotFax)]
    [InlineData(FaxEnd.LineLost, FaxPhase.CallSetUp, 0, "+1 555 0100", OutcomeClass.Quality)]
    [InlineData(FaxEnd.LineLost, FaxPhase.Page, 0, null, OutcomeClass.Quality)]
    [InlineData(FaxEnd.LineLost, FaxPhase.Page, 2, null, OutcomeClass.Partial)]
    [InlineData(FaxEnd.Silence, FaxPhase.Page, 2, null, OutcomeClass.Partial)]
    [InlineData(FaxEnd.Disconnected, FaxPhase.Negotiation, 2, null, OutcomeClass.Partial)]
    [InlineData(FaxEnd.NoFax, FaxPhase.CallSetUp, 2, null, OutcomeClass.Partial)]
    public void A_fax_that_was_received_is_judged_by_the_pages_that_came(FaxEnd end, FaxPhase phase, int pages, string? identity, OutcomeClass expected)
    {
        var outcome = FaxOutcomes.Received(Result(end, phase, pages, identity));

        Assert.Equal((expected, pages, pages), (outcome.Class, outcome.PagesConfirmed, outcome.PagesTotal));
    }

    [Fact]
    public void It_is_unknown_whether_a_last_page_arrived_that_nobody_confirmed()
    {
        var outcome = FaxOutcomes.Sent(Result(FaxEnd.LineLost, FaxPhase.PostPage, pages: 2, identity: null) with { PagesPerhapsPrinted = 1 }, pagesTotal: 3);

        Assert.Equal((OutcomeClass.Unknown, 2, 1), (outcome.Class, outcome.PagesConfirmed, outcome.PagesPerhapsPrinted));
    }

    private static FaxResult Result(FaxEnd end, FaxPhase phase, int pages, string? identity) =>
        new(end, phase, pages, PagesPerhapsPrinted: 0, LastFrame: null, Settings: null, identity);
}
