using Faxbot.Server.Content;

namespace Faxbot.Server.Faxes;

/// <summary>Gives stored documents as PDF. Drawing, where it is needed, happens in the confined renderer. Thread-safe.</summary>
internal interface IPdfCopies
{
    /// <summary>The document as PDF, to be read forward.</summary>
    /// <param name="document">Its id in the content store.</param>
    /// <param name="mediaType">What it is.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="ContentMissingException">It is not kept any more.</exception>
    /// <exception cref="Faxbot.Sdk.Faxes.FaxRejectedException">It cannot be drawn; the outcome says why.</exception>
    Task<Stream> OpenAsync(string document, string mediaType, CancellationToken cancel);
}
