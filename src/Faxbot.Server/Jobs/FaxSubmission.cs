using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Manifests;
using Faxbot.Sdk.Outcomes;
using Faxbot.Server.Plugins;

namespace Faxbot.Server.Jobs;

/// <summary>Gives a prepared fax to its plugin: the intent is on the disk first, and what is not known afterwards is found out, never sent again. Thread-safe.</summary>
internal sealed class FaxSubmission(AttemptLedger ledger, AttemptWatch watch, DispatchOptions options, ILogger<FaxSubmission> logger)
{
    /// <returns>Whether the trunk has no room, so that nothing was begun.</returns>
    public async Task<bool> RunAsync(FaxHandler handler, IFaxBackend backend, PreparedFax prepared, FaxMedium? medium, CancellationToken cancel)
    {
        var onlyLine = IsOnlyLine(backend.Manifest);
        // Where the last attempt's plan says so, that plugin has shown that it can begin there; any other may send what it is given from its first page on.
        var canResume = onlyLine || handler.Job.PluginId == backend.Pin.PluginId;
        var firstPage = canResume && handler.Job.Plan.FirstPage < prepared.Pages ? handler.Job.Plan.FirstPage : 0;
        var start = await ledger.BeginAsync(handler.Fax.Lease, backend.Pin, backend.Limits, onlyLine, firstPage, prepared.Pages, cancel);
        if (start.Attempt is not { } attempt) return start.IsTrunkFull;
        handler.Submitted();
        await SendAsync(backend, attempt, Request(handler.Job, attempt, prepared, medium), prepared.Pages, cancel);
        return false;
    }

    // A plugin that reaches no host but the gateway's lines can send by nothing else.
    private static bool IsOnlyLine(PluginManifest manifest) => manifest.AllowedHosts.Count == 0;

    private static FaxRequest Request(FaxJob job, FaxAttempt attempt, PreparedFax prepared, FaxMedium? medium)
    {
        var profile = SendProfile.Of(job);
        return new FaxRequest
        {
            JobId = job.Id,
            AttemptId = attempt.Id,
            To = job.To,
            From = job.From,
            Document = prepared.Document,
            Quality = job.Plan.Quality ?? job.Options.Quality,
            Options = new FaxOptions
            {
                FirstPage = attempt.FirstPage,
                Ecm = profile.Ecm,
                MaxBitRate = profile.MaxBitRate,
                Medium = medium,
                Subaddress = job.Options.Subaddress,
            },
        };
    }

    private async Task SendAsync(IFaxBackend backend, FaxAttempt attempt, FaxRequest request, int pages, CancellationToken cancel)
    {
        try
        {
            var result = await backend.SendFaxAsync(request, cancel);
            if (await ledger.TakeAsync(attempt.Id, result, cancel)) watch.Follow(attempt, pages);
        }
        catch (FaxRejectedException e)
        {
            await EndUnsentAsync(attempt, pages, e.Outcome, cancel);
        }
        catch (PluginFailureException e) when (!e.WasCalled)
        {
            await EndUnsentAsync(attempt, pages, GatewayOutcomes.Local(e.Message), cancel);
        }
        catch (PluginFailureException e)
        {
            logger.SubmissionDoubtful(e, attempt.PluginId, attempt.FaxId);
            watch.FindOut(attempt, pages, options.Grace);
        }
    }

    // A call that a line was about to place outweighs the word of the plugin that nothing left: the line tells its end.
    private async Task EndUnsentAsync(FaxAttempt attempt, int pages, FaxOutcome outcome, CancellationToken cancel)
    {
        if (await ledger.FindAsync(attempt.Id, cancel) is { DialledAt: not null }) watch.FindOut(attempt, pages, options.Grace);
        else await ledger.EndAsync(attempt.Id, outcome, null, cancel);
    }
}
