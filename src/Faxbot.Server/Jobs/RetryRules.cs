using System.Globalization;
using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Outcomes;

namespace Faxbot.Server.Jobs;

/// <summary>What a fax does after an attempt: a pure function of what is known. <c>docs/jobs.md</c> has it as a table.</summary>
internal static class RetryRules
{
    public static RetryDecision Decide(RetryCase ended, RetryPolicy policy)
    {
        var decision = ByClass(ended, policy);
        return decision.Step == JobStep.Requeue && ended.Job.Dials >= policy.MostCalls
            ? RetryDecision.Fail(Invariant($"It was called {ended.Job.Dials} times, the most for one fax. Find out why before you send it again."))
            : decision;
    }

    private static RetryDecision ByClass(RetryCase ended, RetryPolicy policy) => ended.Outcome.Class switch
    {
        OutcomeClass.Success => RetryDecision.Succeed,
        _ when ended.AllConfirmed => RetryDecision.Succeed,
        OutcomeClass.Rejected => RetryDecision.Fail(ended.Outcome.Next is { Length: > 0 } fix ? fix : "Correct what the sentence names, then send it again."),
        OutcomeClass.Busy => Again(ended, policy.BusyCalls, policy.BusyPause, "busy"),
        OutcomeClass.NoAnswer => Again(ended, policy.NoAnswerCalls, policy.NoAnswerPause, "not answered"),
        OutcomeClass.Dead => RetryDecision.Fail("It is not called again, and the number is marked as dead. Check the number."),
        OutcomeClass.Congestion => OverAnotherRoute(ended, policy),
        OutcomeClass.NotFax => NotFax(ended, policy),
        OutcomeClass.Negotiation => InOtherMedium(ended, policy),
        OutcomeClass.Quality => WithLowerProfile(ended, policy),
        OutcomeClass.Capability => DrawnAgain(ended, policy),
        OutcomeClass.Partial => Continued(ended, policy),
        OutcomeClass.Refused => ended.Count < policy.RefusedCalls
            ? Requeue(ended, policy.RefusedPause, Plan(ended, policy), "")
            : RetryDecision.Fail(Invariant($"The receiver refused {ended.Count} calls; it is not called again. Ask there, then send it again.")),
        OutcomeClass.Local => Local(ended, policy),
        OutcomeClass.Unknown => new RetryDecision(JobStep.Lose, "It is not sent again by itself. Ask the receiver, then say whether it arrived or send it again."),
        _ => throw new ArgumentOutOfRangeException(nameof(ended), ended.Outcome.Class, "No rule is written for that class."),
    };

    private static RetryDecision Again(RetryCase ended, int calls, TimeSpan pause, string what) => ended.Count < calls
        ? Requeue(ended, pause, Cleared(ended), "")
        : RetryDecision.Fail(Invariant($"It was {what} {ended.Count} times and is not called again. Send it again later."));

    private static RetryDecision OverAnotherRoute(RetryCase ended, RetryPolicy policy) =>
        new(JobStep.Requeue, "It goes over the next route at once; where there is none, it waits for this trunk.")
        {
            DueAt = ended.Now,
            Plan = Kept(ended) with { PassedOver = [.. ended.Job.Plan.PassedOver.Append(ended.Attempt.PluginId).Distinct()] },
            TrunkPausedUntil = ended.Now + policy.CongestionPause,
        };

    private static RetryDecision NotFax(RetryCase ended, RetryPolicy policy)
    {
        var known = ended.Number.After(ended.Outcome, FaxMedium.None, policy, ended.Now);
        var over = known.ReachedAt is null ? known.NotFaxCalls >= policy.NotFaxCalls : ended.Count >= policy.NotFaxCallsOnceReached;
        return over
            ? RetryDecision.Fail("It is not called again: no fax machine answers there. Check the number, then send it again.")
            : Requeue(ended, policy.NotFaxPause, Cleared(ended), "");
    }

    private static RetryDecision InOtherMedium(RetryCase ended, RetryPolicy policy)
    {
        if (ended.Job.Plan.Medium is not null)
            return RetryDecision.Fail("It was tried in both media and is not called again. Ask the receiver which kind of fax they take.");
        if (!policy.Audio)
            return RetryDecision.Fail("It is not called again: the far end takes no T.38, and no route of this gateway can carry a fax as audio.");
        var other = ended.Medium(policy) == FaxMedium.Audio ? FaxMedium.T38 : FaxMedium.Audio;
        return Requeue(ended, TimeSpan.Zero, Plan(ended, policy) with { Medium = other }, other == FaxMedium.T38 ? " with T.38" : " as audio");
    }

    private static RetryDecision WithLowerProfile(RetryCase ended, RetryPolicy policy)
    {
        if (ended.Count >= policy.QualityCalls)
            return RetryDecision.Fail(Invariant($"The signal was too bad in {ended.Count} calls; it is not called again. Send it again at another time or over another trunk."));
        var lower = SendProfile.Of(ended.Job).Lower(ended.Outcome.BitRate);
        var how = Invariant($" with at most {lower.MaxBitRate} bit/s{(lower.Ecm ? "" : " and without error correction")}");
        return Requeue(ended, policy.QualityPause, Plan(ended, policy) with { MaxBitRate = lower.MaxBitRate, Ecm = lower.Ecm }, how);
    }

    private static RetryDecision DrawnAgain(RetryCase ended, RetryPolicy policy)
    {
        PageQuality? lower = (ended.Job.Plan.Quality ?? ended.Job.Options.Quality) switch
        {
            PageQuality.Superfine => PageQuality.Fine,
            PageQuality.Fine => PageQuality.Standard,
            _ => null,
        };
        return lower is null
            ? RetryDecision.Fail("It is not called again: the receiver cannot take these pages even at the lowest resolution.")
            : Requeue(ended, policy.CapabilityPause, Plan(ended, policy) with { Quality = lower }, " with pages drawn at a lower resolution");
    }

    private static RetryDecision Continued(RetryCase ended, RetryPolicy policy)
    {
        if (ended.Count >= policy.PartialCalls)
            return RetryDecision.Fail(Invariant($"The call broke off {ended.Count} times; it is not called again. {ended.Job.ConfirmedPages} pages arrived."));
        var plan = Plan(ended, policy);
        if (ended.Count > 1)
        {
            var lower = SendProfile.Of(ended.Job).Lower(ended.Outcome.BitRate);
            plan = plan with { MaxBitRate = lower.MaxBitRate, Ecm = lower.Ecm };
        }

        return Requeue(ended, policy.PartialPause, plan, "");
    }

    private static RetryDecision Local(RetryCase ended, RetryPolicy policy)
    {
        if (ended.Outcome.Party is OutcomeParty.Document or OutcomeParty.Policy)
            return RetryDecision.Fail("It is not tried again. Correct what the sentence names, then send it again.");
        if (ended.Count >= policy.LocalTries) return RetryDecision.Fail(Invariant($"This gateway failed {ended.Count} times; see its log, then send it again."));
        var pause = policy.LocalPause * Math.Pow(2, ended.Count - 1);
        return Requeue(ended, pause < policy.LocalPauseLimit ? pause : policy.LocalPauseLimit, Plan(ended, policy), "");
    }

    // The trunk carried the call: what was passed over before is a choice again. Pages are kept, or sent anew, by the owner's wish.
    private static AttemptPlan Cleared(RetryCase ended) => Kept(ended) with { PassedOver = [], Rounds = 0 };

    private static AttemptPlan Kept(RetryCase ended) => ended.Job.Plan with { FirstPage = CanResume(ended.Attempt) ? ended.Job.Plan.FirstPage : 0 };

    private static AttemptPlan Plan(RetryCase ended, RetryPolicy policy) =>
        Cleared(ended) with { FirstPage = CanResume(ended.Attempt) && (ended.Job.Options.Resume ?? policy.Resume) ? ended.Job.ConfirmedPages : 0 };

    // Providers begin with the first page of what they are given.
    private static bool CanResume(FaxAttempt attempt) => attempt.OnlyLine || attempt.DialledAt is not null;

    private static RetryDecision Requeue(RetryCase ended, TimeSpan pause, AttemptPlan plan, string how)
    {
        var when = pause == TimeSpan.Zero ? "at once" : $"in {Span(pause)} at the earliest";
        return new RetryDecision(JobStep.Requeue, $"It is tried again {when}{Pages(ended, plan)}{how}.{Twice(ended, plan)}") { DueAt = ended.Now + pause, Plan = plan };
    }

    private static string Pages(RetryCase ended, AttemptPlan plan) => plan.FirstPage > 0
        ? Invariant($" from page {plan.FirstPage + 1} on")
        : ended.Job.ConfirmedPages > 0 ? " from the first page on" : "";

    private static string Twice(RetryCase ended, AttemptPlan plan)
    {
        // What may lie at the receiver already: all confirmed pages, and those after them that were sent and not confirmed.
        var printed = Math.Max(ended.Job.ConfirmedPages, ended.Attempt.FirstPage + ended.Outcome.PagesConfirmed + ended.Outcome.PagesPerhapsPrinted);
        return (printed - plan.FirstPage) switch
        {
            <= 0 => "",
            1 => Invariant($" Page {printed} may print twice."),
            _ => Invariant($" Pages {plan.FirstPage + 1} to {printed} may print twice."),
        };
    }

    private static string Span(TimeSpan pause) => pause < TimeSpan.FromMinutes(1) ? Count(pause.TotalSeconds, "second")
        : pause < TimeSpan.FromHours(2) ? Count(pause.TotalMinutes, "minute") : Count(pause.TotalHours, "hour");

    private static string Count(double number, string unit) => Invariant($"{Math.Ceiling(number)} {unit}{(Math.Ceiling(number) == 1 ? "" : "s")}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
