using Faxbot.Lines.Asterisk;
using Faxbot.Lines.Embedded.Trunks;
using Faxbot.Sdk.Numbers;
using Faxbot.Server.Content;
using Faxbot.Server.Inbound;

namespace Faxbot.Server.Lines.Asterisk;

/// <summary>
/// Puts faxes that an Asterisk received into the inbox. Until that is done, file and record stay with Asterisk and the fax is offered again, so that it
/// needs no spool of ours. Thread-safe.
/// </summary>
internal sealed partial class AsteriskInbox(AsteriskSpool spool, ContentStore content, InboxStore inbox, TrunkProfiles trunks, ILogger<AsteriskInbox> logger)
{
    private const string Mailbox = "inbox";
    private readonly InboundFiling _filing = new(content, inbox);

    /// <summary>Files a fax; false where that was not possible and it is to be offered again.</summary>
    public async Task<bool> StoreAsync(ReceivedFax fax, CancellationToken cancel)
    {
        var name = Guid.NewGuid().ToString("N");
        var pdf = Path.Combine(spool.Folder, name + ".pdf");
        try
        {
            DurableFiles.CreateFolder(spool.Folder);
            var call = Describe(fax);
            var pages = await _filing.FileAsync(fax.File, pdf, call, cancel);
            Filed(logger, fax.Id, call.From, pages);
            return true;
        }
        catch (InvalidDataException unreadable)
        {
            // Offered again it would be as unreadable, for ever: a person may still make something of it.
            var kept = Path.Combine(spool.Folder, name + ".unreadable.tif");
            File.Copy(fax.File, kept);
            Unreadable(logger, unreadable, fax.Id, kept);
            return true;
        }
        // Nobody stands above a received fax: whatever keeps it from the inbox, it is offered again.
        catch (Exception refused) when (refused is not OperationCanceledException)
        {
            NotFiled(logger, refused, fax.Id);
            return false;
        }
        finally
        {
            File.Delete(pdf);
        }
    }

    private ReceivedCall Describe(ReceivedFax fax)
    {
        var country = trunks.Of(fax.Endpoint)?.Inbound.Country;
        return new ReceivedCall(
            fax.Id,
            new PhoneNumber(InboundNumbers.InE164(fax.Calling, country)),
            new PhoneNumber(InboundNumbers.InE164(fax.Called, country)),
            Mailbox,
            fax.At,
            fax.Endpoint.Length > 0 ? fax.Endpoint : ReceivedCall.NoTrunk);
    }

    [LoggerMessage(1520, LogLevel.Information, "Fax {Id} from {From}, which Asterisk received, is in the inbox: {Pages} pages")]
    private static partial void Filed(ILogger logger, string id, PhoneNumber from, int pages);

    [LoggerMessage(1521, LogLevel.Error, "Fax {Id}, which Asterisk received, cannot be read; its file is kept as {Path}")]
    private static partial void Unreadable(ILogger logger, Exception why, string id, string path);

    [LoggerMessage(1522, LogLevel.Warning, "Fax {Id}, which Asterisk received, cannot be put into the inbox now; it is tried again")]
    private static partial void NotFiled(ILogger logger, Exception why, string id);
}

/// <summary>Where received faxes lie on their way to the inbox.</summary>
internal sealed record AsteriskSpool(string Folder);
