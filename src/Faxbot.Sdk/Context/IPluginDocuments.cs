using Faxbot.Sdk.Faxes;

namespace Faxbot.Sdk.Context;

/// <summary>A document that the gateway holds. It means something only to the gateway that gave it.</summary>
/// <param name="Id">The gateway's name for it.</param>
/// <param name="MediaType">Such as <c>application/pdf</c> or <c>image/tiff</c>.</param>
/// <param name="Pages">How many pages, where known.</param>
public sealed record DocumentHandle(string Id, string MediaType, int? Pages = null);

/// <summary>Turns documents into what is sent. The work is done by the gateway's confined renderer, not in the plugin.</summary>
public interface IPluginDocuments
{
    /// <summary>The document as fax pages (TIFF-F). Rendering happens once; later calls find the result.</summary>
    /// <exception cref="FaxRejectedException">It cannot be rendered; the outcome says why.</exception>
    Task<DocumentHandle> ToFaxTiffAsync(DocumentHandle document, PageQuality quality, CancellationToken cancel);

    /// <summary>The document as PDF.</summary>
    /// <exception cref="FaxRejectedException">It cannot be rendered; the outcome says why.</exception>
    Task<DocumentHandle> ToPdfAsync(DocumentHandle document, CancellationToken cancel);

    /// <summary>Puts a copy into the plugin's folder, for upload to a provider.</summary>
    /// <returns>The path of the file; the gateway deletes it when the attempt has ended, if the plugin has not.</returns>
    Task<string> CopyToFolderAsync(DocumentHandle document, CancellationToken cancel);

    /// <summary>An address from which the provider can fetch the document until <paramref name="lifetime"/> is over; it carries a token.</summary>
    /// <exception cref="InvalidOperationException">The gateway has no public address.</exception>
    Task<Uri> PublishAsync(DocumentHandle document, TimeSpan lifetime, CancellationToken cancel);
}
