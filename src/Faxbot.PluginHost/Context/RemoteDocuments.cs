using Faxbot.PluginHost.Calls;
using Faxbot.Sdk.Context;
using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Wire;

namespace Faxbot.PluginHost.Context;

/// <summary>The gateway's documents.</summary>
internal sealed class RemoteDocuments(Gateway gateway) : IPluginDocuments
{
    public Task<DocumentHandle> ToFaxTiffAsync(DocumentHandle document, PageQuality quality, CancellationToken cancel) =>
        gateway.AskAsync<DocumentHandle>(WireMethods.DocumentsToFaxTiff, new() { ["document"] = document, ["quality"] = quality }, cancel);

    public Task<DocumentHandle> ToPdfAsync(DocumentHandle document, CancellationToken cancel) =>
        gateway.AskAsync<DocumentHandle>(WireMethods.DocumentsToPdf, new() { ["document"] = document }, cancel);

    public Task<string> CopyToFolderAsync(DocumentHandle document, CancellationToken cancel) =>
        gateway.AskAsync<string>(WireMethods.DocumentsCopy, new() { ["document"] = document }, cancel);

    public Task<Uri> PublishAsync(DocumentHandle document, TimeSpan lifetime, CancellationToken cancel) =>
        gateway.AskAsync<Uri>(WireMethods.DocumentsPublish, new() { ["document"] = document, ["lifetime"] = lifetime }, cancel);
}
