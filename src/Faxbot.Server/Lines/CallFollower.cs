using System.Text.Json;
using Faxbot.Fax.T30;
using Faxbot.Lines;
using Faxbot.Sdk;
using Faxbot.Sdk.Accounts;
using Faxbot.Server.Jobs;
using Faxbot.Server.Lines.Media;
using Faxbot.Server.Telemetry;

namespace Faxbot.Server.Lines;

/// <summary>
/// Writes what happens on a call into its attempt, in order, and its outcome at the end. While the database cannot be reached it waits and goes
/// on: what was seen is not lost. Thread-safe.
/// </summary>
internal sealed partial class CallFollower(AttemptLedger ledger, TimeProvider time, ILogger<CallFollower> logger)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>Follows a call until its outcome is on the disk.</summary>
    /// <param name="attemptId">Whose call it is.</param>
    /// <param name="call">The call.</param>
    /// <param name="lesson">Learns from it; null when nobody does.</param>
    /// <param name="costOf">What a call of that length is estimated to cost; null when nobody knows.</param>
    /// <param name="leave">Lets the call go on alone: its attempt stays open.</param>
    public async Task FollowAsync(string attemptId, FaxCall call, MediaLesson? lesson, Func<TimeSpan, Money?> costOf, CancellationToken leave)
    {
        DateTimeOffset? answered = null;
        DateTimeOffset? over = null;
        using var trace = new CallTrace(attemptId, call.Started);
        await foreach (var happened in call.Events.WithCancellation(leave))
        {
            trace.Note(happened);
            lesson?.Note(happened.Event);
            if (happened.Event is LineEvent.Answered) answered = happened.At;
            if (happened.Event is LineEvent.HungUp) over = happened.At;
            await PersistAsync(attemptId, () => WriteAsync(attemptId, happened.Event));
        }

        var outcome = await call.Completion.WaitAsync(leave);
        trace.End(outcome);
        var cost = answered is { } from ? costOf((over ?? time.GetUtcNow()) - from) : null;
        await PersistAsync(attemptId, () => ledger.EndAsync(attemptId, outcome, cost, CancellationToken.None));
        if (lesson is not null) await PersistAsync(attemptId, () => lesson.EndAsync(outcome));
    }

    /// <summary>Learns from a call that came in, to its end.</summary>
    public async Task LearnAsync(FaxCall call, MediaLesson lesson)
    {
        await foreach (var happened in call.Events) lesson.Note(happened.Event);
        var outcome = await call.Completion;
        await PersistAsync("(came in)", () => lesson.EndAsync(outcome));
    }

    private Task WriteAsync(string attemptId, LineEvent happened) => happened switch
    {
        LineEvent.Ringing => NoteAsync(attemptId, "fax.ringing", null),
        LineEvent.Answered => NoteAsync(attemptId, "fax.answered", null),
        LineEvent.SwitchedToT38 t38 => NoteAsync(attemptId, "fax.t38", new { t38.ByUs, t38.Version, t38.ErrorCorrection }),
        LineEvent.Fax { Event: var fax } => WriteAsync(attemptId, fax),
        _ => Task.CompletedTask,
    };

    private Task WriteAsync(string attemptId, FaxEvent happened) => happened switch
    {
        FaxEvent.Negotiated { Settings: var s } => NoteAsync(attemptId, "fax.negotiated", new { BitRate = s.Modulation.BitRate(), s.Coding, s.Ecm, s.Format.Resolution }),
        FaxEvent.TrainingFailed { Modulation: var m } => NoteAsync(attemptId, "fax.training_failed", new { BitRate = m.BitRate() }),
        FaxEvent.PageStarted page => PageAsync(attemptId, page.Page, PageState.Sending, new { page.Attempt }),
        FaxEvent.PageConfirmed page => PageAsync(attemptId, page.Page, PageState.Confirmed, new { Reply = page.Reply.ToString().ToUpperInvariant(), page.Rows, page.Octets }),
        FaxEvent.PageRejected page => PageAsync(attemptId, page.Page, PageState.Rejected, new { Reply = page.Reply.ToString().ToUpperInvariant() }),
        _ => Task.CompletedTask,
    };

    private Task NoteAsync(string attemptId, string type, object? data) => ledger.NoteAsync(attemptId, type, data, CancellationToken.None);

    // T.30 counts pages from 1, the ledger from 0.
    private Task PageAsync(string attemptId, int page, PageState state, object evidence) =>
        ledger.PageAsync(attemptId, page - 1, state, JsonSerializer.Serialize(evidence, SdkJson.Options), CancellationToken.None);

    private async Task PersistAsync(string call, Func<Task> write)
    {
        while (true)
        {
            try
            {
                await write();
                return;
            }
            catch (System.Data.Common.DbException gone)
            {
                DatabaseGone(logger, gone, call);
                await Task.Delay(RetryAfter, time);
            }
        }
    }

    [LoggerMessage(1420, LogLevel.Warning, "What happened on call {Call} cannot be written yet; it is tried again")]
    private static partial void DatabaseGone(ILogger logger, Exception why, string call);
}
