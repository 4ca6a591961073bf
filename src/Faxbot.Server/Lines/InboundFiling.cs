using Faxbot.Documents.Export;
using Faxbot.Imaging.Tiff;
using Faxbot.Sdk.Numbers;
using Faxbot.Server.Content;
using Faxbot.Server.Inbound;

namespace Faxbot.Server.Lines;

/// <summary>Puts received pages into the inbox: the TIFF as it is, and a PDF of it. Thread-safe.</summary>
internal sealed class InboundFiling(ContentStore content, InboxStore inbox)
{
    private const long MostOctets = 1L << 30;

    /// <summary>Files the pages of a call; the same call twice is filed once.</summary>
    /// <param name="tiff">The file with the pages.</param>
    /// <param name="pdf">Where the PDF may be written for the while.</param>
    /// <param name="call">Whose pages they are.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>How many there were; 0 files nothing.</returns>
    /// <exception cref="InvalidDataException">There are pages, and they cannot be read.</exception>
    public async Task<int> FileAsync(string tiff, string pdf, ReceivedCall call, CancellationToken cancel)
    {
        // Where the call ended before a page was kept, there is no file, an empty one, or one that holds no page.
        if (new FileInfo(tiff) is not { Exists: true, Length: > 0 } || WritePdf(tiff, pdf, call.At) is not (> 0 and var pages)) return 0;
        await using var portable = File.OpenRead(pdf);
        await using var raw = File.OpenRead(tiff);
        var keptPdf = await content.PutAsync(portable, MostOctets, cancel);
        var keptTiff = await content.PutAsync(raw, MostOctets, cancel);
        await inbox.AddAsync(
            new NewInboundFax
            {
                From = call.From,
                To = call.To,
                Backend = call.Backend,
                ProviderId = call.Id,
                Mailbox = call.Mailbox,
                Pages = pages,
                Octets = keptPdf.Octets,
                Document = keptPdf.Id,
                Tiff = keptTiff.Id,
                ReceivedAt = call.At,
            },
            cancel);
        return pages;
    }

    private static int WritePdf(string tiff, string pdf, DateTimeOffset at)
    {
        var error = TiffFaxDocument.TryOpen(tiff, out var document);
        if (error == TiffError.NoPages) return 0;
        // Pages of it may be confirmed: it is not thrown away.
        if (error != TiffError.None) throw new InvalidDataException($"The received pages cannot be read back: {error.Describe()}");
        using (document)
        using (var file = new FileStream(pdf, FileMode.Create))
        {
            FaxPdfWriter.Write(document!, file, new PdfWriteOptions { Created = at });
            return document!.PageCount;
        }
    }
}

/// <summary>A call that brought pages.</summary>
/// <param name="Id">By which a second filing of it is known.</param>
/// <param name="From">Who called.</param>
/// <param name="To">Who was called.</param>
/// <param name="Mailbox">Where it belongs.</param>
/// <param name="At">When it came.</param>
/// <param name="Backend">The plugin whose trunk it came over.</param>
internal sealed record ReceivedCall(string Id, PhoneNumber From, PhoneNumber To, string Mailbox, DateTimeOffset At, string Backend = ReceivedCall.NoTrunk)
{
    /// <summary>The backend of calls that come over no plugin's trunk.</summary>
    public const string NoTrunk = "line";
}
