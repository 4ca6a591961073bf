using Faxbot.Sdk.Calls;
using Faxbot.Sdk.Context;
using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Lines;
using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Numbers;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Trunks;

namespace Faxbot.Server.Plugins;

/// <summary>
/// What a plugin's process may ask of the gateway: the far side of <see cref="PluginContext"/>. Each call names the plugin that asks, so that one
/// cannot reach the documents, calls and jobs of another; what lasts until the process ends names the process. Thread-safe.
/// </summary>
internal interface IPluginServices
{
    /// <exception cref="FaxRejectedException">It cannot be drawn; the outcome says why.</exception>
    Task<DocumentHandle> ToFaxTiffAsync(string pluginId, DocumentHandle document, PageQuality quality, CancellationToken cancel);

    /// <exception cref="FaxRejectedException">It cannot be drawn; the outcome says why.</exception>
    Task<DocumentHandle> ToPdfAsync(string pluginId, DocumentHandle document, CancellationToken cancel);

    /// <summary>Puts a copy into <paramref name="folder"/>, which is the plugin's own, and gives the file's path.</summary>
    Task<string> CopyToFolderAsync(string pluginId, DocumentHandle document, string folder, CancellationToken cancel);

    /// <exception cref="InvalidOperationException">The gateway has no public address.</exception>
    Task<Uri> PublishAsync(string pluginId, DocumentHandle document, TimeSpan lifetime, CancellationToken cancel);

    /// <summary>Keeps a trunk connected for a process of the plugin, in place of the one that it connected before.</summary>
    /// <exception cref="FaxRejectedException">The profile is not valid.</exception>
    Task<bool> ConnectAsync(PluginSession session, TrunkProfile trunk, CancellationToken cancel);

    /// <summary>Places a call for an open attempt of that plugin; its events and its end reach the job whatever becomes of the plugin.</summary>
    /// <returns>The call's id.</returns>
    /// <exception cref="FaxRejectedException">It was not placed; the outcome says why.</exception>
    Task<string> OriginateAsync(PluginSession session, TrunkProfile trunk, PhoneNumber to, DocumentHandle tiff, LineCallOptions call, CancellationToken cancel);

    /// <summary>Places the voice call of an open attempt of that plugin; its end reaches the attempt whatever becomes of the plugin.</summary>
    /// <exception cref="FaxRejectedException">It was not placed; the outcome says why.</exception>
    Task<bool> PlaceCallAsync(PluginSession session, TrunkProfile trunk, CallRequest call, CancellationToken cancel);

    Task<CallStatus> GetVoiceStatusAsync(string pluginId, CallReference call, CancellationToken cancel);

    Task<bool> CancelVoiceAsync(string pluginId, CallReference call, CancellationToken cancel);

    /// <summary>Sends a text message for an open attempt of that plugin.</summary>
    /// <exception cref="FaxRejectedException">It was surely not taken; the outcome says why.</exception>
    Task<MessageStatus> SendMessageAsync(PluginSession session, TrunkProfile trunk, MessageRequest message, CancellationToken cancel);

    Task<MessageStatus> GetMessageStatusAsync(string pluginId, MessageReference message, CancellationToken cancel);

    Task<FaxStatus> GetCallStatusAsync(string pluginId, FaxReference fax, CancellationToken cancel);

    Task<bool> CancelCallAsync(string pluginId, FaxReference fax, CancellationToken cancel);

    Task<CheckResult> CheckTrunkAsync(PluginSession session, TrunkProfile trunk, CheckRequest request, CancellationToken cancel);

    Task<CheckResult> CheckTrunkHealthAsync(PluginSession session, TrunkProfile trunk, CancellationToken cancel);

    /// <summary>A status that the plugin learnt by itself.</summary>
    Task ReportAsync(string pluginId, string attemptId, FaxStatus status, CancellationToken cancel);
}
