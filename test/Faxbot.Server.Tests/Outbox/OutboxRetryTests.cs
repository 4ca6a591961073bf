using System.Collections.Frozen;
using Faxbot.Sdk.Outcomes;
using Faxbot.Server.Outbox;

namespace Faxbot.Server.Tests.Outbox;

public sealed class OutboxRetryTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static readonly OutboxRules Rules = new()
    {
        Again = new Dictionary<OutcomeClass, (int, TimeSpan)> { [OutcomeClass.Busy] = (3, TimeSpan.FromMinutes(2)) }.ToFrozenDictionary(),
    };

    [Theory]
    [InlineData(OutcomeClass.Success, OutcomeParty.None, OutboxStep.Deliver)]
    [InlineData(OutcomeClass.Congestion, OutcomeParty.Trunk, OutboxStep.Requeue)]
    [InlineData(OutcomeClass.Local, OutcomeParty.Local, OutboxStep.Requeue)]
    [InlineData(OutcomeClass.Rejected, OutcomeParty.Trunk, OutboxStep.Requeue)]
    [InlineData(OutcomeClass.Rejected, OutcomeParty.Local, OutboxStep.Requeue)]
    [InlineData(OutcomeClass.Rejected, OutcomeParty.Number, OutboxStep.Fail)]
    [InlineData(OutcomeClass.Rejected, OutcomeParty.Policy, OutboxStep.Fail)]
    [InlineData(OutcomeClass.Rejected, OutcomeParty.Document, OutboxStep.Fail)]
    [InlineData(OutcomeClass.Dead, OutcomeParty.Number, OutboxStep.Fail)]
    [InlineData(OutcomeClass.Refused, OutcomeParty.Receiver, OutboxStep.Fail)]
    [InlineData(OutcomeClass.NoAnswer, OutcomeParty.Number, OutboxStep.Fail)]
    [InlineData(OutcomeClass.Busy, OutcomeParty.Number, OutboxStep.Requeue)]
    [InlineData(OutcomeClass.Unknown, OutcomeParty.Local, OutboxStep.Lose)]
    public void Each_class_has_its_step(OutcomeClass @class, OutcomeParty party, object step) => Assert.Equal(step, Decide(@class, party).Step);

    [Fact]
    public void A_definite_failure_of_a_route_is_passed_over_at_once()
    {
        var decision = Decide(OutcomeClass.Congestion, OutcomeParty.Trunk, new OutboxPlan { PassedOver = ["other"] });

        Assert.Equal(["other", "p"], decision.Plan.PassedOver);
        Assert.Equal(Now, decision.DueAt);
        Assert.Equal(Now.AddSeconds(30), decision.PausedUntil);
    }

    [Fact]
    public void What_the_kind_names_is_tried_again_as_often_as_it_says()
    {
        Assert.Equal((OutboxStep.Requeue, Now.AddMinutes(2)), (Decide(OutcomeClass.Busy, OutcomeParty.Number, count: 2).Step, Decide(OutcomeClass.Busy, OutcomeParty.Number, count: 2).DueAt));
        Assert.Equal(OutboxStep.Fail, Decide(OutcomeClass.Busy, OutcomeParty.Number, count: 3).Step);
    }

    [Fact]
    public void No_item_is_tried_more_often_than_the_fuse_allows() => Assert.Equal(OutboxStep.Fail, Decide(OutcomeClass.Local, OutcomeParty.Local, attempts: 10).Step);

    [Fact]
    public void The_sentence_of_the_outcome_says_what_to_correct()
    {
        var outcome = OutboxOutcome.Forbidden("A rule forbids it.", "Change the rule.");

        Assert.Equal("Change the rule.", OutboxRetry.Decide(outcome, "p", 1, 1, new OutboxPlan(), Rules, Now).Next);
    }

    private static OutboxDecision Decide(OutcomeClass @class, OutcomeParty party, OutboxPlan? plan = null, int attempts = 1, int count = 1) =>
        OutboxRetry.Decide(new OutboxOutcome { Class = @class, Party = party, Sentence = "It is so." }, "p", attempts, count, plan ?? new OutboxPlan(), Rules, Now);
}
