using Faxbot.Lines.Outcomes;
using Faxbot.Sdk.Outcomes;

namespace Faxbot.Lines.Tests.Outcomes;

public sealed class AsteriskOutcomesTests
{
    [Theory]
    [InlineData("486 Busy Here", 17, true, OutcomeClass.Busy)]
    [InlineData("SIP 200 OK", 19, true, OutcomeClass.NoAnswer)]
    // Version 16 gives no reason where the patience of this side ended the ringing.
    [InlineData("", null, true, OutcomeClass.NoAnswer)]
    [InlineData("", null, false, OutcomeClass.Congestion)]
    public void An_unanswered_call_is_what_Asterisk_says_of_it_and_what_was_heard(string sipAnswer, int? cause, bool hasRung, OutcomeClass expected)
    {
        var outcome = AsteriskOutcomes.NotAnswered(sipAnswer, cause, hasRung, [], pagesTotal: 2);

        Assert.Equal((expected, cause, 2), (outcome.Class, outcome.Q850Cause, outcome.PagesTotal));
    }
}
