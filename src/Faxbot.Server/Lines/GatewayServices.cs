using Faxbot.Sdk.Calls;
using Faxbot.Sdk.Context;
using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Lines;
using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Numbers;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Trunks;
using Faxbot.Server.Jobs;
using Faxbot.Server.Lines.Media;
using Faxbot.Server.Plugins;
using Faxbot.Server.Rendering;

namespace Faxbot.Server.Lines;

/// <inheritdoc/>
/// <remarks>A plugin reaches the documents and the calls of its own open attempts, and no others.</remarks>
internal sealed class GatewayServices(
    IJobBook jobs, AttemptLedger ledger, FaxPreparer preparer, PlainForms forms, PublishedDocuments published, DocumentCopies copies, LineHub lines, MessageLines messages, ILineCalls calls, TrunkBook trunks, MediaMemory media,
    GatewayAddress address)
    : IPluginServices
{
    public async Task<DocumentHandle> ToFaxTiffAsync(string pluginId, DocumentHandle document, PageQuality quality, CancellationToken cancel) =>
        (await preparer.PrepareAsync(await JobOfAsync(pluginId, document, cancel), quality, cancel)).Document;

    public async Task<DocumentHandle> ToPdfAsync(string pluginId, DocumentHandle document, CancellationToken cancel)
    {
        var job = await JobOfAsync(pluginId, document, cancel);
        return DocumentHandles.Create(job.Id, DocumentHandles.PdfForm, (await forms.ToPdfAsync(job, cancel)).Pages);
    }

    public async Task<string> CopyToFolderAsync(string pluginId, DocumentHandle document, string folder, CancellationToken cancel)
    {
        var (job, attemptId) = await OpenAttemptAsync(pluginId, document, cancel);
        var found = await forms.FindAsync(job, document, cancel);
        return await copies.MakeAsync(found.Content, folder, document.MediaType == DocumentHandles.Pdf ? ".pdf" : ".tif", attemptId, cancel);
    }

    public async Task<Uri> PublishAsync(string pluginId, DocumentHandle document, TimeSpan lifetime, CancellationToken cancel)
    {
        var found = await forms.FindAsync(await JobOfAsync(pluginId, document, cancel), document, cancel);
        var gateway = address.Public ?? throw new InvalidOperationException("The gateway has no public address: set public_address in its configuration.");
        return published.Publish(gateway, found.Content, document.MediaType, lifetime);
    }

    public async Task<string> OriginateAsync(
        PluginSession session, TrunkProfile trunk, PhoneNumber to, DocumentHandle tiff, LineCallOptions call, CancellationToken cancel)
    {
        Check(trunk);
        var attempt = await ledger.FindAsync(call.AttemptId, cancel);
        if (attempt is not { EndedAt: null } || attempt.PluginId != session.PluginId) throw new FaxRejectedException("There is no such attempt under way.");
        if (!DocumentHandles.TryParse(tiff, out var faxId, out var form) || faxId != attempt.FaxId) throw new FaxRejectedException("That is not the document of the attempt.");
        var job = (await jobs.FindAsync(faxId, null, cancel))!;
        if (to != job.To) throw new FaxRejectedException("That is not the number of the fax.");
        var party = new MediaParty(to, session.PluginId, MediaDirection.Outbound);
        var known = await media.FindAsync(party, cancel);
        var adapted = trunk with { T38 = known.Apply(trunk.T38) };
        var options = known.Apply(call.Fax);
        await lines.OriginateAsync(
            session.PluginId,
            adapted,
            to,
            await preparer.OpenAsync(job, form, cancel),
            call with { Fax = options },
            new MediaLesson(media, party, adapted.T38.InFirstOffer, options),
            cancel);
        return call.AttemptId;
    }

    public Task<MessageStatus> SendMessageAsync(PluginSession session, TrunkProfile trunk, MessageRequest message, CancellationToken cancel)
    {
        Check(trunk);
        return messages.SendAsync(session.PluginId, trunk, message, cancel);
    }

    public Task<MessageStatus> GetMessageStatusAsync(string pluginId, MessageReference message, CancellationToken cancel) => messages.StatusAsync(pluginId, message);

    public async Task<bool> PlaceCallAsync(PluginSession session, TrunkProfile trunk, CallRequest call, CancellationToken cancel)
    {
        Check(trunk);
        await calls.PlaceAsync(session.PluginId, trunk, call, cancel);
        return true;
    }

    public Task<CallStatus> GetVoiceStatusAsync(string pluginId, CallReference call, CancellationToken cancel) => Task.FromResult(calls.Status(pluginId, call.AttemptId));

    public Task<bool> CancelVoiceAsync(string pluginId, CallReference call, CancellationToken cancel) => Task.FromResult(calls.Cancel(pluginId, call.AttemptId));

    public async Task<FaxStatus> GetCallStatusAsync(string pluginId, FaxReference fax, CancellationToken cancel) =>
        await IsOfAsync(pluginId, fax.AttemptId, cancel) ? await lines.GetStatusAsync(fax.AttemptId, cancel) : new FaxStatus { State = FaxState.NeverSent };

    public async Task<bool> CancelCallAsync(string pluginId, FaxReference fax, CancellationToken cancel) =>
        await IsOfAsync(pluginId, fax.AttemptId, cancel) && lines.Cancel(fax.AttemptId);

    public async Task<bool> ConnectAsync(PluginSession session, TrunkProfile trunk, CancellationToken cancel)
    {
        Check(trunk);
        await trunks.ConnectAsync(session, trunk, cancel);
        return true;
    }

    public Task<CheckResult> CheckTrunkAsync(PluginSession session, TrunkProfile trunk, CheckRequest request, CancellationToken cancel) =>
        lines.CheckAsync(session.PluginId, trunk, request, cancel);

    public Task<CheckResult> CheckTrunkHealthAsync(PluginSession session, TrunkProfile trunk, CancellationToken cancel) => Task.FromResult(trunks.Health(session));

    public Task ReportAsync(string pluginId, string attemptId, FaxStatus status, CancellationToken cancel) =>
        ledger.StatusAsync(pluginId, attemptId, null, status, cancel);

    private static void Check(TrunkProfile trunk)
    {
        var problems = TrunkProfileRules.Check(trunk);
        if (problems.Count > 0) throw new FaxRejectedException($"The trunk profile is not valid: {string.Join(' ', problems.Select(problem => $"{problem.Path}: {problem.Message}"))}");
    }

    private async Task<FaxJob> JobOfAsync(string pluginId, DocumentHandle document, CancellationToken cancel) =>
        (await OpenAttemptAsync(pluginId, document, cancel)).Job;

    private async Task<(FaxJob Job, string AttemptId)> OpenAttemptAsync(string pluginId, DocumentHandle document, CancellationToken cancel)
    {
        if (DocumentHandles.TryParse(document, out var faxId, out _) && await jobs.FindAsync(faxId, null, cancel) is { } job
            && (await jobs.AttemptsAsync(faxId, cancel)).FirstOrDefault(attempt => attempt.PluginId == pluginId && attempt.EndedAt is null) is { } attempt)
        {
            return (job, attempt.Id);
        }

        throw new FaxRejectedException("There is no such document for this plugin: only those of its own faxes under way can be reached.");
    }

    private async Task<bool> IsOfAsync(string pluginId, string attemptId, CancellationToken cancel) =>
        (await ledger.FindAsync(attemptId, cancel))?.PluginId == pluginId;
}
