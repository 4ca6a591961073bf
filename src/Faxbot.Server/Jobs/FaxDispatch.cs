using System.Globalization;
using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Outcomes;
using Faxbot.Server.OptOuts;
using Faxbot.Server.Plugins;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Jobs;

/// <summary>Brings one claimed fax to its plugin, or back into the queue with the reason. Thread-safe: each fax has a task of its own.</summary>
internal sealed class FaxDispatch(
    Database database, JobQueue queue, RouteStore routes, IFaxBackends backends, IFaxPreparer preparer, FaxSubmission submission,
    RetryPolicy retries, QuietHours quiet, DispatchOptions options, TimeProvider time) : IDisposable
{
    /// <summary>For what a fax waits that any plugin may carry.</summary>
    public const string AnyTrunk = "*";

    private readonly SemaphoreSlim _drawing = new(options.MostDrawing);

    /// <param name="handler">The fax.</param>
    /// <param name="cancel">Breaks off also what was submitted: the process must end.</param>
    public async Task RunAsync(FaxHandler handler, CancellationToken cancel)
    {
        var number = await NumberAsync(handler, cancel);
        if (Clearance.Against(handler.Job, number, retries, quiet, time.GetUtcNow()) is { } against)
        {
            if (against.Until is { } until) await ReturnAsync(handler, until, null, null, against.Outcome);
            else await queue.EndAsync(handler.Fax.Lease, against.Outcome, cancel);
            return;
        }

        var choice = RouteChoice.For(handler.Job, await routes.ListAsync(backends.MayCarry, cancel), backends.All);
        if (choice.Backends.Count > 0) await OverAsync(handler, choice.Backends, number, cancel);
        else await (choice.AllPassedOver ? StartAnewAsync(handler) : ReturnAsync(handler, handler.Job.DueAt, choice.Awaited ?? AnyTrunk, null, NoRoute));
    }

    /// <summary>Puts a fax back whose handling broke off by an error of the gateway's own, as often as that may happen.</summary>
    public Task<bool> GiveBackAsync(FaxHandler handler, FaxOutcome outcome)
    {
        var failed = handler.Job.Plan.FailedPreparations + 1;
        if (failed >= retries.LocalTries)
            return queue.EndAsync(handler.Fax.Lease, outcome with { Next = "It is not tried again. See the gateway's log, then send it again." }, CancellationToken.None);
        var pause = TimeSpan.FromTicks(Math.Min((long)(retries.LocalPause.Ticks * Math.Pow(2, failed - 1)), retries.LocalPauseLimit.Ticks));
        return ReturnAsync(
            handler, time.GetUtcNow() + pause, null, handler.Job.Plan with { FailedPreparations = failed }, outcome with { Next = "It is tried again soon." });
    }

    public void Dispose() => _drawing.Dispose();

    private static FaxOutcome NoRoute { get; } = GatewayOutcomes.Local("No plugin that may carry it is ready.") with
    {
        Party = OutcomeParty.Trunk,
        Next = "It waits until one is ready. Enable a plugin or change the routes.",
    };

    private async Task<NumberKnowledge> NumberAsync(FaxHandler handler, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var number = handler.Job.To.Value;
        return await NumberBook.FindAsync(connection, null, number) with { IsOptedOut = await OptOutBook.HoldsAsync(connection, null, number) };
    }

    // Over the first that has room. A trunk whose channels are taken or that pauses is passed by; for the turn of a call, which comes within
    // a moment, the fax waits.
    private async Task OverAsync(FaxHandler handler, IReadOnlyList<IFaxBackend> backends, NumberKnowledge number, CancellationToken cancel)
    {
        PreparedFax? prepared = null;
        foreach (var backend in backends)
        {
            handler.HeadFor(backend.Pin.PluginId);
            // A look that spares the drawing; what counts is the look in the transaction that begins the attempt.
            var room = await LookAsync(backend, cancel);
            if (room == TrunkRoom.Free)
            {
                prepared ??= await PrepareAsync(handler, cancel);
                if (prepared is null) return;
                var medium = RetryCase.MediumFor(handler.Job.Plan, number, retries, time.GetUtcNow());
                if (!await submission.RunAsync(handler, backend, prepared, medium, cancel)) return;
                room = await LookAsync(backend, cancel);
            }

            if (room == TrunkRoom.Full) continue;
            await BehindAsync(handler, [backend]);
            return;
        }

        await BehindAsync(handler, backends);
    }

    private async Task<TrunkRoom> LookAsync(IFaxBackend backend, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await TrunkGate.LookAsync(connection, null, backend.Pin.PluginId, backend.Limits, time.GetUtcNow());
    }

    // Null when the fax went back or has ended.
    private async Task<PreparedFax?> PrepareAsync(FaxHandler handler, CancellationToken cancel)
    {
        var job = handler.Job;
        try
        {
            await _drawing.WaitAsync(handler.GivenUp);
            try
            {
                var prepared = await preparer.PrepareAsync(job, job.Plan.Quality ?? job.Options.Quality, handler.GivenUp);
                handler.GivenUp.ThrowIfCancellationRequested();
                return prepared;
            }
            finally
            {
                _drawing.Release();
            }
        }
        catch (OperationCanceledException) when (handler.GivenUp.IsCancellationRequested)
        {
            await ReturnAsync(handler, time.GetUtcNow(), null, null, null);
        }
        catch (FaxRejectedException e)
        {
            if (e.Outcome is { Class: OutcomeClass.Local, Party: OutcomeParty.Local }) await GiveBackAsync(handler, e.Outcome);
            else await queue.EndAsync(handler.Fax.Lease, e.Outcome with { Next = e.Outcome.Next is { Length: > 0 } next ? next : "Correct the document, then send it again." }, cancel);
        }

        return null;
    }

    // It keeps its place among those that wait.
    private Task<bool> BehindAsync(FaxHandler handler, IReadOnlyList<IFaxBackend> backends) =>
        ReturnAsync(handler, handler.Job.DueAt, AwaitedTrunks.Write(backends.Select(backend => backend.Pin.PluginId)), null, null);

    // Each route failed definitely: after a pause that grows, all of them are choices again.
    private Task<bool> StartAnewAsync(FaxHandler handler)
    {
        var plan = handler.Job.Plan;
        var last = handler.Job.Outcome ?? NoRoute;
        if (plan.Rounds + 1 >= retries.CongestionRounds)
        {
            var rounds = (plan.Rounds + 1).ToString(CultureInfo.InvariantCulture);
            return queue.EndAsync(handler.Fax.Lease, last with { Next = $"Every route failed {rounds} times; it is not tried again. Send it again later." }, CancellationToken.None);
        }

        var due = time.GetUtcNow() + (retries.CongestionPause * Math.Pow(2, plan.Rounds));
        return ReturnAsync(
            handler, due, null, plan with { PassedOver = [], Rounds = plan.Rounds + 1 }, last with { Next = $"Every route failed; they are tried again after {due.UtcDateTime:HH:mm:ss} UTC." });
    }

    // Also when all else is broken off: a fax is not left lying.
    private Task<bool> ReturnAsync(FaxHandler handler, DateTimeOffset due, string? behindTrunk, AttemptPlan? plan, FaxOutcome? outcome) =>
        queue.ReturnAsync(handler.Fax.Lease, due, behindTrunk, plan, outcome, CancellationToken.None);
}
