using System.Collections.Concurrent;
using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Manifests;
using Faxbot.Server.Jobs;
using Faxbot.Server.Plugins;

namespace Faxbot.Server.Tests.Jobs;

/// <summary>A plugin whose provider does what the test says; it remembers what it was asked.</summary>
internal sealed class ScriptedBackend(string id) : IFaxBackend
{
    public ConcurrentQueue<FaxRequest> Sent { get; } = [];

    public ConcurrentQueue<FaxReference> Asked { get; } = [];

    public ConcurrentQueue<FaxReference> Cancelled { get; } = [];

    public Func<FaxRequest, Task<SendResult>>? OnSend { get; set; }

    public Func<FaxReference, Task<FaxStatus>>? OnStatus { get; set; }

    public bool IsReady { get; set; } = true;

    public PluginPin Pin { get; } = new(id, "1.0.0", 1);

    public PluginManifest Manifest { get; set; } = new() { Id = id, Name = id, Categories = ["outbound"], Capabilities = ["send_fax", "get_status"] };

    public BackendLimits Limits { get; set; } = new(null, null);

    public Task<SendResult> SendFaxAsync(FaxRequest fax, CancellationToken cancel)
    {
        Sent.Enqueue(fax);
        return OnSend?.Invoke(fax) ?? Task.FromResult(new SendResult("x" + fax.AttemptId, id));
    }

    public Task<FaxStatus> GetStatusAsync(FaxReference fax, CancellationToken cancel)
    {
        Asked.Enqueue(fax);
        return OnStatus?.Invoke(fax) ?? Task.FromResult(new FaxStatus { State = FaxState.Success, Outcome = Outcomes.Success() });
    }

    public Task<bool> CancelFaxAsync(FaxReference fax, CancellationToken cancel)
    {
        Cancelled.Enqueue(fax);
        return Task.FromResult(true);
    }
}

/// <summary>The plugins of a test's gateway.</summary>
internal sealed class ScriptedBackends(params ScriptedBackend[] backends) : IFaxBackends
{
    public IReadOnlyList<IFaxBackend> All => backends;

    public IFaxBackend? Find(string pluginId) => backends.FirstOrDefault(backend => backend.Pin.PluginId == pluginId);
}

/// <summary>Draws three pages of anything, unless the test says otherwise.</summary>
internal sealed class ScriptedPreparer : IFaxPreparer
{
    public Func<FaxJob, CancellationToken, Task<PreparedFax>>? OnPrepare { get; set; }

    public Task<PreparedFax> PrepareAsync(FaxJob job, PageQuality quality, CancellationToken cancel) =>
        OnPrepare?.Invoke(job, cancel) ?? Task.FromResult(new PreparedFax(new("d", "image/tiff", 3), 3));
}
