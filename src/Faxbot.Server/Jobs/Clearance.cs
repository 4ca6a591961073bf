using System.Globalization;
using Faxbot.Sdk.Outcomes;

namespace Faxbot.Server.Jobs;

/// <summary>What stands against calling a number now: a pure function of what is known of it.</summary>
/// <param name="Outcome">What is told.</param>
/// <param name="Until">Until when the fax waits; null when it fails.</param>
internal sealed record Clearance(FaxOutcome Outcome, DateTimeOffset? Until)
{
    /// <summary>Null when nothing stands against it.</summary>
    public static Clearance? Against(FaxJob job, NumberKnowledge number, RetryPolicy retries, QuietHours quiet, DateTimeOffset now)
    {
        if (number.IsOptedOut)
            return new(GatewayOutcomes.Forbidden("It was not dialled: the receiver has opted out.", "Send nothing more there until they opt in again."), null);
        // Who sends a failed fax again knows why: such a call is placed whatever the number's past.
        if (job.ResendOf is null && number.IsDead(retries, now))
            return Never(OutcomeClass.Dead, "It was not dialled: a call not long ago showed that there is no such number.", "Check the number. Send it again to call it all the same.");
        if (job.ResendOf is null && number.IsNoFax(retries, now))
            return Never(OutcomeClass.NotFax, "It was not dialled: no fax machine answered in earlier calls.", "Check the number. Send it again to call it all the same.");
        if (quiet.EndFor(job.To, job.Priority, now) is { } morning) return Later("The operator's quiet hours keep it back.", morning);
        return number.CallableAt(retries, now) is { } free
            ? Later(string.Create(CultureInfo.InvariantCulture, $"The number was called {number.WindowDials} times within an hour."), free)
            : null;
    }

    private static Clearance Never(OutcomeClass @class, string sentence, string next) =>
        new(GatewayOutcomes.Local(sentence) with { Class = @class, Party = OutcomeParty.Number, Next = next }, null);

    private static Clearance Later(string sentence, DateTimeOffset until) =>
        new(GatewayOutcomes.Local(sentence) with { Party = OutcomeParty.Policy, Next = $"It is called after {until.UtcDateTime:yyyy-MM-dd HH:mm} UTC." }, until);
}
