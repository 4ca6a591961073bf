using System.Data.Common;
using Faxbot.Documents;
using Faxbot.Documents.Export;
using Faxbot.Imaging.Tiff;
using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Numbers;
using Faxbot.Server.Content;
using Faxbot.Server.Plugins;
using Faxbot.Server.Plugins.Processes;

namespace Faxbot.Server.Inbound;

/// <summary>Has plugins fetch the faxes that wait at their providers, and puts them into the inbox; what fails is tried again, for as long as it is noted.</summary>
internal sealed partial class InboundFetch(
    InboundNotices notices, PluginFleet fleet, PluginOptions plugins, ContentStore content, InboxStore inbox, TimeProvider time, ILogger<InboundFetch> logger) : BackgroundService
{
    private const string Capability = "receive_fax";
    private const string Mailbox = "inbox";
    private const long MostOctets = 1L << 28;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await notices.TakeAsync(stoppingToken) is { } notice) await FetchAsync(notice, stoppingToken);
            }
            catch (DbException away)
            {
                DatabaseAway(logger, away);
            }

            await notices.WaitAsync(LookEvery, stoppingToken);
        }
    }

    private async Task FetchAsync(PendingNotice pending, CancellationToken cancel)
    {
        try
        {
            var fax = await fleet.CallAsync<ReceivedFax>(pending.PluginId, Capability, new() { ["provider_id"] = pending.Notice.ProviderId }, cancel);
            await KeepAsync(pending, fax, cancel);
            await notices.DoneAsync(pending, cancel);
        }
        catch (Exception failed) when (failed is PluginFailureException or FaxRejectedException or IOException or UnauthorizedAccessException or ContentException)
        {
            NotFetched(logger, pending.PluginId, pending.Tries, PluginWords.Fit(failed.Message));
            await notices.PutOffAsync(pending, cancel);
        }
    }

    private async Task KeepAsync(PendingNotice pending, ReceivedFax fax, CancellationToken cancel)
    {
        var path = Place(pending.PluginId, fax.File);
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read);
        StoredContent? tiff = null;
        var pages = fax.Notice.Pages ?? 0;
        var pdf = path;
        if (TiffFaxDocument.TryOpen(file, out var document, leaveOpen: true) == TiffError.None)
        {
            pdf = path + ".pdf";
            await using (var drawn = new FileStream(pdf, FileMode.Create)) FaxPdfWriter.Write(document!, drawn, new PdfWriteOptions { Created = fax.Notice.At });
            pages = document!.PageCount;
            file.Position = 0;
            tiff = await content.PutAsync(file, MostOctets, cancel);
        }
        else if (!await IsPdfAsync(file, cancel))
        {
            throw new IOException("What the plugin fetched is neither TIFF nor PDF.");
        }

        await using (var whole = new FileStream(pdf, FileMode.Open, FileAccess.Read))
        {
            var kept = await content.PutAsync(whole, MostOctets, cancel);
            await inbox.AddAsync(
                new NewInboundFax
                {
                    From = fax.Notice.From ?? new PhoneNumber(""),
                    To = fax.Notice.To ?? new PhoneNumber(""),
                    Backend = pending.PluginId,
                    ProviderId = pending.Notice.ProviderId,
                    Mailbox = Mailbox,
                    Pages = pages,
                    Octets = kept.Octets,
                    Document = kept.Id,
                    Tiff = tiff?.Id,
                    ReceivedAt = fax.Notice.At == default ? time.GetUtcNow() : fax.Notice.At,
                },
                cancel);
        }

        File.Delete(pdf);
        File.Delete(path);
    }

    // A file of that name in the plugin's own folder and nothing else, whatever the plugin says: a link could lead to the gateway's own files.
    private string Place(string pluginId, string named)
    {
        var file = new FileInfo(Path.Combine(plugins.OwnFolder(pluginId), Path.GetFileName(named.Replace('\0', ' '))));
        return file is { Exists: true, LinkTarget: null } ? file.FullName : throw new IOException("The plugin named no file in its folder.");
    }

    private static async Task<bool> IsPdfAsync(FileStream file, CancellationToken cancel)
    {
        var start = new byte[DocumentSniffer.Needed];
        file.Position = 0;
        var length = await file.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancel);
        return DocumentSniffer.Sniff(start.AsSpan(0, length)) == DocumentKind.Pdf;
    }

    [LoggerMessage(1260, LogLevel.Warning, "A fax that waits at the provider of {PluginId} could not be fetched, try {Tries}; it is tried again: {Reason}")]
    private static partial void NotFetched(ILogger logger, string pluginId, int tries, string reason);

    [LoggerMessage(1261, LogLevel.Warning, "Faxes that wait at providers cannot be looked for: the database is away")]
    private static partial void DatabaseAway(ILogger logger, Exception why);
}
