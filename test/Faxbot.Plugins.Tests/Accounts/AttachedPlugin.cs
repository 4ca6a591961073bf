using System.Text.Json;
using Faxbot.Plugins.Tests.Packages;
using Faxbot.Sdk.Calls;
using Faxbot.Sdk.Context;
using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Lines;
using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Trunks;
using Microsoft.Extensions.Logging.Abstractions;

namespace Faxbot.Plugins.Tests.Accounts;

/// <summary>Plugins with what the gateway gives them, as far as their provider's API needs it.</summary>
internal static class AttachedPlugin
{
    public static Plugin Make(string folder, string settings, HttpClient http)
    {
        var package = ProviderPackage.Find(folder);
        var plugin = (Plugin)Activator.CreateInstance(package.PluginClass)!;
        var gateway = new NoGateway();
        plugin.Attach(new PluginContext
        {
            Manifest = package.ReadManifest().Manifest!,
            Settings = JsonDocument.Parse(settings).RootElement,
            Documents = gateway,
            Lines = gateway,
            Jobs = gateway,
            Http = http,
            Logger = NullLogger.Instance,
            Time = TimeProvider.System,
            Package = package.Root,
            Folder = package.Root,
        });
        return plugin;
    }

    private sealed class NoGateway : IPluginDocuments, IPluginLines, IPluginJobs
    {
        public Task<DocumentHandle> ToFaxTiffAsync(DocumentHandle document, PageQuality quality, CancellationToken cancel) => throw Unused();

        public Task<DocumentHandle> ToPdfAsync(DocumentHandle document, CancellationToken cancel) => throw Unused();

        public Task<string> CopyToFolderAsync(DocumentHandle document, CancellationToken cancel) => throw Unused();

        public Task<Uri> PublishAsync(DocumentHandle document, TimeSpan lifetime, CancellationToken cancel) => throw Unused();

        public Task<IPluginLine> ConnectAsync(TrunkProfile trunk, CancellationToken cancel) => throw Unused();

        public Task<MessageStatus> SendMessageAsync(TrunkProfile trunk, MessageRequest message, CancellationToken cancel) => throw Unused();

        public Task<MessageStatus> GetMessageStatusAsync(MessageReference message, CancellationToken cancel) => throw Unused();

        public Task PlaceCallAsync(TrunkProfile trunk, CallRequest call, CancellationToken cancel) => throw Unused();

        public Task<CallStatus> GetCallStatusAsync(CallReference call, CancellationToken cancel) => throw Unused();

        public Task<bool> CancelCallAsync(CallReference call, CancellationToken cancel) => throw Unused();

        public Task<FaxStatus> GetStatusAsync(FaxReference fax, CancellationToken cancel) => throw Unused();

        public Task<bool> CancelAsync(FaxReference fax, CancellationToken cancel) => throw Unused();

        public Task<CheckResult> CheckAsync(TrunkProfile trunk, CheckRequest request, CancellationToken cancel) =>
            Task.FromResult(CheckResult.Of([new CheckFinding("names", CheckState.Ok, $"{trunk.Servers[0].Host} has an address.")]));

        public Task<CheckResult> CheckHealthAsync(TrunkProfile trunk, CancellationToken cancel) => throw Unused();

        public void Track(string jobId, ILineCall call) => throw Unused();

        public void Report(string attemptId, FaxStatus status) => throw Unused();

        private static InvalidOperationException Unused() => new("A provider's API needs nothing of the gateway.");
    }
}
