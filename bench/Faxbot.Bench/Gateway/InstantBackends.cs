using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Manifests;
using Faxbot.Sdk.Outcomes;
using Faxbot.Server.Jobs;
using Faxbot.Server.Plugins;

namespace Faxbot.Bench.Gateway;

/// <summary>One plugin whose line dials and has sent each fax at once; what is measured is what the gateway does around it.</summary>
internal sealed class InstantBackends : IFaxBackends, IFaxBackend, IFaxPreparer
{
    private int _sent;

    /// <summary>How each of its faxes ends.</summary>
    public static FaxOutcome Arrived { get; } = new()
    {
        Class = OutcomeClass.Success, Phase = OutcomePhase.HangUp, Party = OutcomeParty.None, Sentence = "It arrived.", PagesConfirmed = 1, PagesTotal = 1,
    };

    public int Sent => Volatile.Read(ref _sent);

    public AttemptLedger Ledger { get; set; } = null!;

    public IReadOnlyList<IFaxBackend> All => [this];

    public PluginPin Pin { get; } = new("line", "1.0.0", 1);

    public PluginManifest Manifest { get; } = new() { Id = "line", Name = "Line", Categories = ["outbound"], Capabilities = ["send_fax", "get_status"] };

    public BackendLimits Limits { get; } = new(100, null);

    public bool IsReady => true;

    public IFaxBackend? Find(string pluginId) => pluginId == Pin.PluginId ? this : null;

    public async Task<SendResult> SendFaxAsync(FaxRequest fax, CancellationToken cancel)
    {
        await Ledger.DialAsync(fax.AttemptId, cancel);
        await Ledger.EndAsync(fax.AttemptId, Arrived, null, cancel);
        Interlocked.Increment(ref _sent);
        return new SendResult(fax.AttemptId, Pin.PluginId);
    }

    public Task<FaxStatus> GetStatusAsync(FaxReference fax, CancellationToken cancel) => Task.FromResult(new FaxStatus { State = FaxState.Unknown });

    public Task<bool> CancelFaxAsync(FaxReference fax, CancellationToken cancel) => Task.FromResult(false);

    public Task<PreparedFax> PrepareAsync(FaxJob job, PageQuality quality, CancellationToken cancel) =>
        Task.FromResult(new PreparedFax(new("d", "image/tiff", 1), 1));
}
