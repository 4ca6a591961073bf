using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Numbers;
using Faxbot.Sdk.Outcomes;
using Faxbot.Server.Jobs;

namespace Faxbot.Server.Tests.Jobs;

public sealed class RetryRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly RetryPolicy Usual = new();
    private static readonly RetryPolicy WithAudio = new() { Audio = true };

    // One row per edge: what ended, what the fax does next, after which time, and a part of the sentence that says so.
    private static readonly Dictionary<string, (RetryCase Ended, RetryPolicy Policy, JobStep Step, TimeSpan? Pause, string Next)> Edges = new()
    {
        ["success"] = (Ended(Outcomes.Success()), Usual, JobStep.Succeed, null, ""),
        ["all pages confirmed, end unseen"] = (Ended(Outcomes.Of(OutcomeClass.Unknown), job => job with { ConfirmedPages = 3 }), Usual, JobStep.Succeed, null, ""),
        ["rejected"] = (Ended(Outcomes.Of(OutcomeClass.Rejected)), Usual, JobStep.Fail, null, "Correct what the sentence names"),
        ["rejected with advice"] = (Ended(Outcomes.Of(OutcomeClass.Rejected) with { Next = "Top up." }), Usual, JobStep.Fail, null, "Top up."),
        ["busy"] = (Ended(Outcomes.Of(OutcomeClass.Busy)), Usual, JobStep.Requeue, TimeSpan.FromMinutes(3), "in 3 minutes"),
        ["busy, last"] = (Ended(Outcomes.Of(OutcomeClass.Busy), count: 6), Usual, JobStep.Fail, null, "busy 6 times"),
        ["no answer"] = (Ended(Outcomes.Of(OutcomeClass.NoAnswer)), Usual, JobStep.Requeue, TimeSpan.FromMinutes(5), "in 5 minutes"),
        ["no answer, last"] = (Ended(Outcomes.Of(OutcomeClass.NoAnswer), count: 4), Usual, JobStep.Fail, null, "not answered 4 times"),
        ["dead"] = (Ended(Outcomes.Of(OutcomeClass.Dead)), Usual, JobStep.Fail, null, "marked as dead"),
        ["congestion"] = (Ended(Outcomes.Of(OutcomeClass.Congestion)), Usual, JobStep.Requeue, TimeSpan.Zero, "next route at once"),
        ["not fax, never reached"] = (Ended(Outcomes.Of(OutcomeClass.NotFax)), Usual, JobStep.Requeue, TimeSpan.FromMinutes(5), "in 5 minutes"),
        ["not fax, never reached, second"] = (Ended(Outcomes.Of(OutcomeClass.NotFax), number: KnownVoice()), Usual, JobStep.Fail, null, "no fax machine answers"),
        ["not fax, reached before, second"] = (Ended(Outcomes.Of(OutcomeClass.NotFax), count: 2, number: KnownFax()), Usual, JobStep.Requeue, TimeSpan.FromMinutes(5), "in 5 minutes"),
        ["not fax, reached before, third"] = (Ended(Outcomes.Of(OutcomeClass.NotFax), count: 3, number: KnownFax()), Usual, JobStep.Fail, null, "no fax machine answers"),
        ["negotiation, no audio"] = (Ended(Outcomes.Of(OutcomeClass.Negotiation)), Usual, JobStep.Fail, null, "no route of this gateway can carry a fax as audio"),
        ["negotiation"] = (Ended(Outcomes.Of(OutcomeClass.Negotiation)), WithAudio, JobStep.Requeue, TimeSpan.Zero, "at once as audio"),
        ["negotiation of audio"] = (Ended(Outcomes.Of(OutcomeClass.Negotiation), number: KnownWithoutT38()), WithAudio, JobStep.Requeue, TimeSpan.Zero, "at once with T.38"),
        ["negotiation, both media"] =
            (Ended(Outcomes.Of(OutcomeClass.Negotiation), job => Planned(job, job.Plan with { Medium = FaxMedium.Audio })), WithAudio, JobStep.Fail, null, "both media"),
        ["quality"] = (Ended(Outcomes.Of(OutcomeClass.Quality)), Usual, JobStep.Requeue, TimeSpan.FromMinutes(1), "at most 9600 bit/s"),
        ["quality at the lowest rate"] =
            (Ended(Outcomes.Of(OutcomeClass.Quality) with { BitRate = 4800 }), Usual, JobStep.Requeue, TimeSpan.FromMinutes(1), "4800 bit/s and without error correction"),
        ["quality, last"] = (Ended(Outcomes.Of(OutcomeClass.Quality), count: 4), Usual, JobStep.Fail, null, "too bad in 4 calls"),
        ["capability"] = (Ended(Outcomes.Of(OutcomeClass.Capability)), Usual, JobStep.Requeue, TimeSpan.FromSeconds(30), "lower resolution"),
        ["capability at the lowest resolution"] =
            (Ended(Outcomes.Of(OutcomeClass.Capability), job => Planned(job, job.Plan with { Quality = PageQuality.Standard })), Usual, JobStep.Fail, null, "lowest resolution"),
        ["partial"] = (Ended(Outcomes.Partial(2, perhaps: 1), Confirmed(2)), Usual, JobStep.Requeue, TimeSpan.FromMinutes(1), "in 1 minute at the earliest from page 3 on. Page 3 may print twice."),
        ["partial, nothing printed beyond"] = (Ended(Outcomes.Partial(2), Confirmed(2)), Usual, JobStep.Requeue, TimeSpan.FromMinutes(1), "from page 3 on."),
        ["partial, resume not wanted"] =
            (Ended(Outcomes.Partial(2), job => Confirmed(2)(job) with { Options = new JobOptions { Resume = false } }), Usual, JobStep.Requeue, TimeSpan.FromMinutes(1), "from the first page on. Pages 1 to 2 may print twice."),
        ["partial, no line that resumes"] =
            (Ended(Outcomes.Partial(2), Confirmed(2), line: false), Usual, JobStep.Requeue, TimeSpan.FromMinutes(1), "from the first page on. Pages 1 to 2 may print twice."),
        ["partial, last"] = (Ended(Outcomes.Partial(1), Confirmed(1), count: 5), Usual, JobStep.Fail, null, "broke off 5 times"),
        ["refused"] = (Ended(Outcomes.Of(OutcomeClass.Refused)), Usual, JobStep.Requeue, TimeSpan.FromMinutes(30), "in 30 minutes"),
        ["refused, last"] = (Ended(Outcomes.Of(OutcomeClass.Refused), count: 3), Usual, JobStep.Fail, null, "Ask there"),
        ["local"] = (Ended(Local()), Usual, JobStep.Requeue, TimeSpan.FromSeconds(1), "in 1 second"),
        ["local, third"] = (Ended(Local(), count: 3), Usual, JobStep.Requeue, TimeSpan.FromSeconds(4), "in 4 seconds"),
        ["local, many"] = (Ended(Local(), count: 15), Usual, JobStep.Requeue, TimeSpan.FromMinutes(5), "in 5 minutes"),
        ["local, last"] = (Ended(Local(), count: 20), Usual, JobStep.Fail, null, "failed 20 times"),
        ["local, by the document"] = (Ended(Local() with { Party = OutcomeParty.Document }), Usual, JobStep.Fail, null, "not tried again"),
        ["unknown"] = (Ended(Outcomes.Of(OutcomeClass.Unknown)), Usual, JobStep.Lose, null, "not sent again by itself"),
        ["the fuse on calls"] = (Ended(Outcomes.Of(OutcomeClass.Busy), job => job with { Dials = 10 }), Usual, JobStep.Fail, null, "called 10 times"),
        ["the fuse does not stop a success"] = (Ended(Outcomes.Success(), job => job with { Dials = 10 }), Usual, JobStep.Succeed, null, ""),
    };

    public static TheoryData<string> Names => [.. Edges.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_edge_leads_where_the_table_says(string edge)
    {
        var (ended, policy, step, pause, next) = Edges[edge];

        var decision = RetryRules.Decide(ended, policy);

        Assert.Equal((step, pause), (decision.Step, decision.DueAt - Now));
        Assert.Contains(next, decision.Next, StringComparison.Ordinal);
        Assert.Equal(step == JobStep.Requeue, decision.Plan is not null);
    }

    [Fact]
    public void Each_class_has_an_edge() =>
        Assert.Equal(Enum.GetValues<OutcomeClass>(), Edges.Values.Select(edge => edge.Ended.Outcome.Class).Distinct().Order());

    [Fact]
    public void Congestion_passes_the_trunk_over_and_leaves_it_alone_for_a_while()
    {
        var decision = RetryRules.Decide(Ended(Outcomes.Of(OutcomeClass.Congestion)), Usual);

        Assert.Equal(["p"], decision.Plan!.PassedOver);
        Assert.Equal(Now + Usual.CongestionPause, decision.TrunkPausedUntil);
    }

    [Fact]
    public void A_trunk_that_carried_a_call_is_a_choice_again()
    {
        var decision = RetryRules.Decide(Ended(Outcomes.Of(OutcomeClass.Busy), job => Planned(job, job.Plan with { PassedOver = ["q"], Rounds = 2 })), Usual);

        Assert.Empty(decision.Plan!.PassedOver);
        Assert.Equal(0, decision.Plan.Rounds);
    }

    [Fact]
    public void Profiles_go_down_the_modulations_and_end_without_error_correction()
    {
        List<SendProfile> profiles = [new(14_400, true)];
        for (var i = 0; i < 6; i++) profiles.Add(profiles[^1].Lower(null));

        Assert.Equal(
            [new(14_400, true), new(9600, true), new(4800, true), new(4800, false), new(2400, false), new(2400, false), new SendProfile(2400, false)], profiles);
    }

    private static FaxOutcome Local() => Outcomes.Of(OutcomeClass.Local) with { Party = OutcomeParty.Local };

    private static NumberKnowledge KnownVoice() => new() { ToNumber = "+1", NotFaxCalls = 1, NotFaxAt = Now.AddHours(-1).ToUnixTimeMilliseconds() };

    private static NumberKnowledge KnownFax() => new() { ToNumber = "+1", ReachedAt = 1, NotFaxCalls = 5, NotFaxAt = Now.AddHours(-1).ToUnixTimeMilliseconds() };

    private static NumberKnowledge KnownWithoutT38() => new() { ToNumber = "+1", NoT38Until = Now.AddDays(1).ToUnixTimeMilliseconds() };

    private static Func<FaxJob, FaxJob> Confirmed(int pages) => job => job with { ConfirmedPages = pages };

    private static FaxJob Planned(FaxJob job, AttemptPlan plan) => job with { Plan = plan };

    private static RetryCase Ended(FaxOutcome outcome, Func<FaxJob, FaxJob>? change = null, int count = 1, NumberKnowledge? number = null, bool line = true)
    {
        var job = new FaxJob
        {
            Id = "f", KeyId = "k", To = new PhoneNumber("+1"), Document = "d", MediaType = "m", Pages = 3, Options = new JobOptions(),
            State = JobState.InProgress, DueAt = Now, CreatedAt = Now, UpdatedAt = Now,
        };
        var attempt = new FaxAttempt
        {
            Id = "a", FaxId = "f", Number = count, PluginId = "p", PluginVersion = "1", SettingsRevision = 1, Gateway = "g", FirstPage = 0, OnlyLine = line, SubmittedAt = Now,
        };
        return new RetryCase(change?.Invoke(job) ?? job, attempt, outcome, number ?? new NumberKnowledge { ToNumber = "+1" }, new Dictionary<OutcomeClass, int> { [outcome.Class] = count }, Now);
    }
}
