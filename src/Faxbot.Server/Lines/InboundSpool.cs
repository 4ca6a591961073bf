using System.Text.Json;
using Faxbot.Lines;
using Faxbot.Sdk;
using Faxbot.Sdk.Numbers;
using Faxbot.Server.Content;
using Faxbot.Server.Inbound;

namespace Faxbot.Server.Lines;

/// <summary>
/// Takes faxes that come in over the gateway's own lines: pages go to a file of the spool as they come and are on the disk before they are
/// confirmed; when the call is over, they go into the inbox and leave the spool. What a crash left in the spool goes into the inbox at the next start,
/// under the same id, so that no confirmed page is lost and none comes twice. Thread-safe.
/// </summary>
internal sealed partial class InboundSpool(string folder, ContentStore content, InboxStore inbox, TimeProvider time, ILogger<InboundSpool> logger)
{
    private readonly InboundFiling _filing = new(content, inbox);

    /// <summary>Takes a call for that mailbox; refuses it (503) where the spool cannot be written.</summary>
    public IncomingDecision Accept(IncomingFax fax, string mailbox)
    {
        var now = time.GetUtcNow();
        var slip = new ReceivedCall(Guid.CreateVersion7(now).ToString("N"), new PhoneNumber(fax.CallerNumber), new PhoneNumber(fax.CalledNumber), mailbox, now, fax.Trunk?.Holder ?? ReceivedCall.NoTrunk);
        try
        {
            DurableFiles.CreateFolder(folder);
            // Whole and on the disk before the first page: pages without their slip would never be found.
            DurableFiles.Write(SlipPath(slip.Id), JsonSerializer.SerializeToUtf8Bytes(slip, SdkJson.Options), replace: false);
            var pages = new ReceivedTiff(TiffPath(slip.Id));
            return new IncomingDecision.Accept(pages, call => _ = FollowAsync(call, pages, slip));
        }
        catch (Exception full) when (full is IOException or UnauthorizedAccessException)
        {
            SpoolUnwritable(logger, full.Message);
            return new IncomingDecision.Reject(503);
        }
    }

    /// <summary>Brings what an earlier life of the gateway received into the inbox.</summary>
    public async Task RecoverAsync(CancellationToken cancel)
    {
        if (!Directory.Exists(folder)) return;
        foreach (var path in Directory.GetFiles(folder, "*.json"))
        {
            await KeepAsync(Path.GetFileNameWithoutExtension(path), async () =>
            {
                var slip = JsonSerializer.Deserialize<ReceivedCall>(await File.ReadAllTextAsync(path, cancel), SdkJson.Options)!;
                Recovering(logger, slip.Id);
                await StoreAsync(slip, cancel);
            });
        }
    }

    private async Task FollowAsync(FaxCall call, ReceivedTiff pages, ReceivedCall slip)
    {
        var outcome = await call.Completion;
        pages.Dispose();
        CallOver(logger, slip.Id, slip.From, outcome.Class.ToString(), outcome.PagesConfirmed);
        await KeepAsync(slip.Id, () => StoreAsync(slip, CancellationToken.None));
    }

    // Nobody stands above a received fax: whatever keeps it from the inbox, it stays in the spool for the next start, which it does not keep from starting,
    // and whoever looks after the machine is told.
    private async Task KeepAsync(string id, Func<Task> store)
    {
        try
        {
            await store();
        }
        catch (Exception refused) when (refused is not OperationCanceledException)
        {
            NotStored(logger, refused, id);
        }
    }

    private async Task StoreAsync(ReceivedCall slip, CancellationToken cancel)
    {
        await _filing.FileAsync(TiffPath(slip.Id), PdfPath(slip.Id), slip, cancel);

        // In this order: while the slip is there, a restart finds the rest.
        File.Delete(TiffPath(slip.Id));
        File.Delete(PdfPath(slip.Id));
        File.Delete(SlipPath(slip.Id));
    }

    private string SlipPath(string id) => Path.Combine(folder, id + ".json");

    private string TiffPath(string id) => Path.Combine(folder, id + ".tif");

    private string PdfPath(string id) => Path.Combine(folder, id + ".pdf");

    [LoggerMessage(1400, LogLevel.Warning, "The spool for received faxes cannot be written, and a call was refused: {Reason}")]
    private static partial void SpoolUnwritable(ILogger logger, string reason);

    [LoggerMessage(1401, LogLevel.Information, "Received fax {Id} was left by an earlier run and goes into the inbox")]
    private static partial void Recovering(ILogger logger, string id);

    [LoggerMessage(1402, LogLevel.Information, "Received fax {Id} from {From} is over: {Class}, {Pages} pages")]
    private static partial void CallOver(ILogger logger, string id, PhoneNumber from, string @class, int pages);

    [LoggerMessage(1403, LogLevel.Error, "Received fax {Id} could not be put into the inbox; the next start tries again")]
    private static partial void NotStored(ILogger logger, Exception why, string id);
}
