using Faxbot.Documents;
using Faxbot.Imaging.Pages;
using Faxbot.Imaging.Tiff;
using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Outcomes;
using Faxbot.Server.Content;
using Faxbot.Server.Jobs;

namespace Faxbot.Server.Rendering;

/// <summary>
/// Draws the documents of faxes in confined processes, each quality once, and keeps the pages in the content store. In plain they lie only while they are
/// worked on, in a folder that a start empties.
/// </summary>
internal sealed class FaxPreparer(RenderingOptions options, ContentStore content, Renderings renderings, TimeProvider time) : IFaxPreparer
{
    private readonly FaxDocumentRenderer _renderer = new(time);

    /// <inheritdoc/>
    public async Task<PreparedFax> PrepareAsync(FaxJob job, PageQuality quality, CancellationToken cancel)
    {
        var form = DocumentHandles.FormOf(quality);
        var drawn = await renderings.FindAsync(job.Document, DocumentHandles.Variant(job, form), cancel);
        if (drawn is null)
        {
            drawn = await DrawAsync(job, quality, cancel);
            await renderings.KeepAsync(job.Document, DocumentHandles.Variant(job, form), drawn, cancel);
        }

        return new PreparedFax(DocumentHandles.Create(job.Id, form, drawn.Pages), drawn.Pages);
    }

    /// <summary>The drawn pages of a fax, for the length of one call. The file has no name any more: a crash leaves nothing in plain.</summary>
    /// <exception cref="FaxRejectedException">They were not drawn.</exception>
    public async Task<IFaxDocument> OpenAsync(FaxJob job, string form, CancellationToken cancel)
    {
        var drawn = await renderings.FindAsync(job.Document, DocumentHandles.Variant(job, form), cancel) ?? throw new FaxRejectedException("The pages of the fax were not drawn.");
        FileStream file;
        using (var copy = await content.CopyOutAsync(drawn.Content, options.Folder, cancel))
            file = new FileStream(copy.Path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        var error = TiffFaxDocument.TryOpen(file, out var document);
        if (error == TiffError.None) return document!;
        await file.DisposeAsync();
        throw new InvalidOperationException($"Pages that this gateway drew cannot be read: {error.Describe()}");
    }

    private async Task<StoredRendering> DrawAsync(FaxJob job, PageQuality quality, CancellationToken cancel)
    {
        using var original = await content.CopyOutAsync(job.Document, options.Folder, cancel);
        var tiff = Path.Combine(options.Folder, $"{Guid.NewGuid():N}.tif");
        try
        {
            var outcome = await _renderer.RenderAsync([new DocumentFile(original.Path, "The document")], tiff, OptionsFor(job, quality), cancel);
            if (outcome.Error is { } error) throw new FaxRejectedException(OutcomeOf(error));
            await using var pages = File.OpenRead(tiff);
            var kept = await content.PutAsync(pages, options.Limits.OutputOctets, cancel);
            return new StoredRendering(kept.Id, outcome.PageCount);
        }
        finally
        {
            File.Delete(tiff);
        }
    }

    private RenderOptions OptionsFor(FaxJob job, PageQuality quality) => new()
    {
        Resolution = quality switch
        {
            PageQuality.Standard => FaxResolution.Standard,
            PageQuality.Superfine => FaxResolution.Superfine,
            _ => FaxResolution.Fine,
        },
        Paper = options.Paper,
        Limits = options.Limits,
        TempFolder = options.Folder,
        // An empty wish of the fax is one for no line.
        Header = (job.Options.Header is { } wish ? (wish.Length > 0 ? wish : null) : options.Header) is { } sender
            ? new HeaderLine(sender, job.From?.Value ?? "", job.To.Value, TimeZoneInfo.ConvertTime(time.GetUtcNow(), options.TimeZone))
            : null,
    };

    private static FaxOutcome OutcomeOf(DocumentError error)
    {
        var isOurs = error.Class is DocumentErrorClass.RendererMissing or DocumentErrorClass.OutputFailed;
        return new FaxOutcome
        {
            Class = isOurs ? OutcomeClass.Local : OutcomeClass.Rejected,
            Phase = OutcomePhase.Dial,
            Party = isOurs ? OutcomeParty.Local : OutcomeParty.Document,
            Sentence = error.Message,
        };
    }
}
