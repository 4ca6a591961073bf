using Faxbot.Lines.Outcomes;
using Faxbot.Testing.Calls;

namespace Faxbot.Lines.Tests.Outcomes;

/// <summary>What the end of each call of <c>test/corpus/calls</c> means for the fax.</summary>
public sealed class ScriptedCallOutcomeTests
{
    public static TheoryData<string> Calls => [.. CallScript.Names];

    [Theory]
    [MemberData(nameof(Calls))]
    public void The_outcome_tells_class_phase_and_code(string call)
    {
        var script = CallScript.Read(call);
        var result = CallPlayer.Play(script);

        var outcome = script.Options.Transmits ? FaxOutcomes.Sent(result, script.Options.PagesTotal) : FaxOutcomes.Received(result);

        Assert.Equal(string.Join(' ', script.Outcome.Words), $"{outcome.Class} {outcome.Phase} {outcome.T30Code ?? "-"}");
        Assert.Equal((result.PagesConfirmed, result.PagesPerhapsPrinted), (outcome.PagesConfirmed, outcome.PagesPerhapsPrinted));
        Assert.NotEmpty(outcome.Sentence);
    }
}
