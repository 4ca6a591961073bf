using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Manifests;
using Faxbot.Server.Plugins.Processes;

namespace Faxbot.Server.Plugins;

/// <summary>
/// One process of a plugin with the very settings that it was started with; without a process, the statement that nothing runs. A caller who holds
/// an old one gets, after its end, failures that say that the plugin was not called. Thread-safe.
/// </summary>
internal sealed class FaxBackend(PluginWish wish, PluginProcess? process, PluginTimes times) : IFaxBackend, IPluginBackend
{
    private static readonly Task<string> NeverStarted = Task.FromResult("It does not run.");
    private volatile bool _isHealthy;

    public PluginWish Wish => wish;

    public PluginProcess? Process => process;

    public PluginPin Pin => wish.Pin;

    public PluginManifest Manifest => wish.Manifest;

    public BackendLimits Limits => process is null ? wish.Limits : wish.Limits.Within(process.Session.Limits).Beside(process.Session.CountCallsIn());

    public bool IsReady => IsHealthy && !Ended.IsCompleted;

    /// <summary>What its last health check said.</summary>
    public bool IsHealthy
    {
        get => _isHealthy;
        set => _isHealthy = value;
    }

    /// <summary>Completes with the reason when the process has ended.</summary>
    public Task<string> Ended => process?.Ended ?? NeverStarted;

    public Task<SendResult> SendFaxAsync(FaxRequest fax, CancellationToken cancel) => CallAsync<SendResult>("send_fax", new() { ["fax"] = fax }, times.Call, cancel);

    public Task<FaxStatus> GetStatusAsync(FaxReference fax, CancellationToken cancel) => CallAsync<FaxStatus>("get_status", new() { ["fax"] = fax }, times.Call, cancel);

    public async Task<bool> CancelFaxAsync(FaxReference fax, CancellationToken cancel) =>
        Manifest.Capabilities.Contains("cancel_fax") && await CallAsync<bool>("cancel_fax", new() { ["fax"] = fax }, times.Call, cancel);

    public Task<T> CallAsync<T>(string capability, Dictionary<string, object?> arguments, CancellationToken cancel) => CallAsync<T>(capability, arguments, times.Call, cancel);

    /// <summary>Calls any method of the protocol.</summary>
    public Task<T> CallAsync<T>(string method, Dictionary<string, object?>? arguments, TimeSpan limit, CancellationToken cancel) =>
        process?.CallAsync<T>(method, arguments, limit, cancel) ?? throw new PluginFailureException($"{Pin.PluginId} does not run.", wasCalled: false);
}
