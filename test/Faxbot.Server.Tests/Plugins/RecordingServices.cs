using System.Threading.Channels;
using Faxbot.Sdk.Calls;
using Faxbot.Sdk.Context;
using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Lines;
using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Numbers;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Trunks;
using Faxbot.Server.Plugins;

namespace Faxbot.Server.Tests.Plugins;

/// <summary>The gateway as plugins see it: it answers at once and tells the test what was asked.</summary>
internal sealed class RecordingServices : IPluginServices
{
    private readonly Channel<string> _asked = Channel.CreateUnbounded<string>();

    /// <summary>Waits for the next thing that a plugin asks.</summary>
    public ValueTask<string> NextAsync() => _asked.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public async Task<DocumentHandle> ToFaxTiffAsync(string pluginId, DocumentHandle document, PageQuality quality, CancellationToken cancel)
    {
        Tell($"{pluginId} tiff {document.Id} {quality}");
        await Task.Yield();
        return new DocumentHandle($"{document.Id}-tiff", "image/tiff", document.Pages);
    }

    public Task<DocumentHandle> ToPdfAsync(string pluginId, DocumentHandle document, CancellationToken cancel)
    {
        Tell($"{pluginId} pdf {document.Id}");
        return Task.FromResult(new DocumentHandle($"{document.Id}-pdf", "application/pdf", document.Pages));
    }

    public async Task<string> CopyToFolderAsync(string pluginId, DocumentHandle document, string folder, CancellationToken cancel)
    {
        Tell($"{pluginId} copy {document.Id}");
        var path = Path.Combine(folder, $"{document.Id}.pdf");
        await File.WriteAllTextAsync(path, "%PDF", cancel);
        return path;
    }

    public Task<Uri> PublishAsync(string pluginId, DocumentHandle document, TimeSpan lifetime, CancellationToken cancel) =>
        throw new InvalidOperationException("The gateway has no public address.");

    public Task<string> OriginateAsync(PluginSession session, TrunkProfile trunk, PhoneNumber to, DocumentHandle tiff, LineCallOptions call, CancellationToken cancel)
    {
        Tell($"{session.PluginId} call {trunk.Servers[0].Host} {tiff.Id} {call.AttemptId}");
        return Task.FromResult("call-1");
    }

    public Task<bool> PlaceCallAsync(PluginSession session, TrunkProfile trunk, CallRequest call, CancellationToken cancel) => Task.FromResult(true);

    public Task<CallStatus> GetVoiceStatusAsync(string pluginId, CallReference call, CancellationToken cancel) => Task.FromResult(new CallStatus { State = CallState.Unknown });

    public Task<bool> CancelVoiceAsync(string pluginId, CallReference call, CancellationToken cancel) => Task.FromResult(false);

    public Task<MessageStatus> SendMessageAsync(PluginSession session, TrunkProfile trunk, MessageRequest message, CancellationToken cancel)
    {
        Tell($"{session.PluginId} message {trunk.Servers[0].Host} {message.AttemptId}");
        return Task.FromResult(new MessageStatus { State = MessageState.Sent });
    }

    public Task<MessageStatus> GetMessageStatusAsync(string pluginId, MessageReference message, CancellationToken cancel) => Task.FromResult(new MessageStatus { State = MessageState.Unknown });

    public Task<FaxStatus> GetCallStatusAsync(string pluginId, FaxReference fax, CancellationToken cancel) => Task.FromResult(new FaxStatus { State = FaxState.Unknown });

    public Task<bool> CancelCallAsync(string pluginId, FaxReference fax, CancellationToken cancel) => Task.FromResult(false);

    public Task<CheckResult> CheckTrunkAsync(PluginSession session, TrunkProfile trunk, CheckRequest request, CancellationToken cancel) => Task.FromResult(CheckResult.Passed);

    public Task<bool> ConnectAsync(PluginSession session, TrunkProfile trunk, CancellationToken cancel) => Task.FromResult(true);

    public Task<CheckResult> CheckTrunkHealthAsync(PluginSession session, TrunkProfile trunk, CancellationToken cancel) => Task.FromResult(CheckResult.Passed);

    public Task ReportAsync(string pluginId, string attemptId, FaxStatus status, CancellationToken cancel)
    {
        Tell($"{pluginId} report {attemptId} {status.State}");
        return Task.CompletedTask;
    }

    private void Tell(string what) => _asked.Writer.TryWrite(what);
}
