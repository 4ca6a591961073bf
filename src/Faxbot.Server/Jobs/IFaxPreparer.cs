using Faxbot.Sdk.Context;
using Faxbot.Sdk.Faxes;

namespace Faxbot.Server.Jobs;

/// <summary>Makes the pages of a fax ready before a plugin is called. Thread-safe.</summary>
internal interface IFaxPreparer
{
    /// <summary>Draws the document at that quality, or finds it drawn.</summary>
    /// <exception cref="FaxRejectedException">It cannot be drawn; the outcome says why and whom it is to be laid to.</exception>
    Task<PreparedFax> PrepareAsync(FaxJob job, PageQuality quality, CancellationToken cancel);
}

/// <summary>A fax whose pages are drawn.</summary>
/// <param name="Document">What the plugin is given.</param>
/// <param name="Pages">How many pages.</param>
internal sealed record PreparedFax(DocumentHandle Document, int Pages);
