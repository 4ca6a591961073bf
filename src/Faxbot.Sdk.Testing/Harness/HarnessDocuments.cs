using Faxbot.Sdk.Context;
using Faxbot.Sdk.Faxes;

namespace Faxbot.Sdk.Testing.Harness;

/// <summary>The gateway's documents: one document of three pages, in each form that a plugin may ask for.</summary>
public sealed class HarnessDocuments(string folder) : IPluginDocuments
{
    private const string PdfType = "application/pdf", TiffType = "image/tiff";
    private int _copies;
    private int _published;

    /// <summary>The document as callers hand it in.</summary>
    public static DocumentHandle Letter { get; } = new("letter", PdfType, SampleFax.Pages);

    /// <summary>A recording for a voice call, half a second long.</summary>
    public static DocumentHandle Recording { get; } = new("recording", "audio/wav");

    /// <summary>Copies in the plugin's folder that the plugin has not deleted.</summary>
    public IReadOnlyList<string> CopiesLeft => [.. Directory.EnumerateFiles(folder, "copy-*")];

    /// <summary>How often an address was made from which the provider can fetch the document.</summary>
    public int Published => _published;

    /// <inheritdoc/>
    public Task<DocumentHandle> ToFaxTiffAsync(DocumentHandle document, PageQuality quality, CancellationToken cancel) =>
        Task.FromResult(Known(document) with { Id = "letter-tiff", MediaType = TiffType });

    /// <inheritdoc/>
    public Task<DocumentHandle> ToPdfAsync(DocumentHandle document, CancellationToken cancel) => Task.FromResult(Known(document) with { Id = "letter", MediaType = PdfType });

    /// <inheritdoc/>
    public async Task<string> CopyToFolderAsync(DocumentHandle document, CancellationToken cancel)
    {
        var isTiff = Known(document).MediaType == TiffType;
        var path = Path.Combine(folder, $"copy-{Interlocked.Increment(ref _copies)}.{(isTiff ? "tiff" : "pdf")}");
        await File.WriteAllBytesAsync(path, isTiff ? SampleFax.Tiff() : SampleFax.Pdf(), cancel).ConfigureAwait(false);
        return path;
    }

    /// <inheritdoc/>
    public Task<Uri> PublishAsync(DocumentHandle document, TimeSpan lifetime, CancellationToken cancel) =>
        Task.FromResult(new Uri($"https://gateway.example/documents/{Known(document).Id}?token={Interlocked.Increment(ref _published)}"));

    private static DocumentHandle Known(DocumentHandle document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.Id is "letter" or "letter-tiff" ? document : throw new ArgumentException("The gateway gave no such document.", nameof(document));
    }
}
