using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Manifests;
using Faxbot.Server.Plugins;

namespace Faxbot.Server.Tests.Api;

/// <summary>The plugins of a gateway under test: none, until a test enables one.</summary>
internal sealed class EnabledBackends : IFaxBackends
{
    private readonly List<IFaxBackend> _all = [];

    public IReadOnlyList<IFaxBackend> All => _all;

    public IFaxBackend? Find(string pluginId) => _all.Find(one => one.Pin.PluginId == pluginId);

    public void Enable(string pluginId, bool isReady = true, FaxStatus? status = null) => _all.Add(new Backend(pluginId, isReady, status));

    private sealed class Backend(string pluginId, bool isReady, FaxStatus? status) : IFaxBackend
    {
        public PluginPin Pin { get; } = new(pluginId, "1.0.0", 1);

        public PluginManifest Manifest { get; } = new() { Id = pluginId, Name = pluginId, Categories = ["outbound"], Capabilities = ["send_fax", "get_status"] };

        public BackendLimits Limits { get; } = new(null, null);

        public bool IsReady => isReady;

        public Task<SendResult> SendFaxAsync(FaxRequest fax, CancellationToken cancel) => throw new PluginFailureException("It takes nothing.", wasCalled: false);

        public Task<FaxStatus> GetStatusAsync(FaxReference fax, CancellationToken cancel) =>
            status is null ? throw new PluginFailureException("It does not know.", wasCalled: true) : Task.FromResult(status);

        public Task<bool> CancelFaxAsync(FaxReference fax, CancellationToken cancel) => Task.FromResult(false);
    }
}
