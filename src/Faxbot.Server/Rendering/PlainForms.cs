using Faxbot.Documents.Export;
using Faxbot.Sdk.Context;
using Faxbot.Sdk.Faxes;
using Faxbot.Server.Content;
using Faxbot.Server.Jobs;

namespace Faxbot.Server.Rendering;

/// <summary>The forms in which documents of faxes leave the gateway: PDF, and copies in files. Thread-safe.</summary>
internal sealed class PlainForms(FaxPreparer preparer, ContentStore content, Renderings renderings, RenderingOptions options)
{
    /// <summary>The document as PDF: the original where it is one, else the drawn pages.</summary>
    public async Task<StoredRendering> ToPdfAsync(FaxJob job, CancellationToken cancel)
    {
        if (job.MediaType == DocumentHandles.Pdf) return new StoredRendering(job.Document, job.Pages ?? 0);
        if (await renderings.FindAsync(job.Document, DocumentHandles.Variant(job, DocumentHandles.PdfForm), cancel) is { } known) return known;
        var prepared = await preparer.PrepareAsync(job, job.Options.Quality, cancel);
        var path = Path.Combine(options.Folder, $"{Guid.NewGuid():N}.pdf");
        try
        {
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite);
            using (var pages = await preparer.OpenAsync(job, DocumentHandles.FormOf(job.Options.Quality), cancel)) FaxPdfWriter.Write(pages, file);
            file.Position = 0;
            var drawn = new StoredRendering((await content.PutAsync(file, options.Limits.OutputOctets, cancel)).Id, prepared.Pages);
            await renderings.KeepAsync(job.Document, DocumentHandles.Variant(job, DocumentHandles.PdfForm), drawn, cancel);
            return drawn;
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>The content behind a handle to a document of that fax.</summary>
    /// <exception cref="FaxRejectedException">It was not drawn.</exception>
    public async Task<StoredRendering> FindAsync(FaxJob job, DocumentHandle handle, CancellationToken cancel)
    {
        if (DocumentHandles.TryParse(handle, out _, out var form))
        {
            if (form == DocumentHandles.PdfForm) return await ToPdfAsync(job, cancel);
            if (await renderings.FindAsync(job.Document, DocumentHandles.Variant(job, form), cancel) is { } drawn) return drawn;
        }

        throw new FaxRejectedException("There is no such document.");
    }
}
