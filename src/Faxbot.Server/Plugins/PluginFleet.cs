using System.Collections.Concurrent;
using System.Text.Json;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Webhooks;
using Faxbot.Sdk.Wire;
using Faxbot.Server.Plugins.Packages;
using Faxbot.Server.Plugins.Processes;
using Faxbot.Server.Plugins.Settings;

namespace Faxbot.Server.Plugins;

/// <summary>All plugins: what is installed, what is enabled, what runs. The surface that the rest of the gateway uses. Thread-safe.</summary>
internal sealed class PluginFleet(
    PluginPackages packages, PluginSettings settings, PluginConfigs configs, PluginLauncher launcher, PluginOptions options, ILogger<PluginFleet> logger, TimeProvider time)
    : IFaxBackends, IPluginBackends, IAsyncDisposable
{
    private const string Outbound = "outbound";
    private readonly ConcurrentDictionary<string, PluginSupervisor> _supervisors = new();
    private readonly SemaphoreSlim _refreshing = new(1);

    public IReadOnlyList<IFaxBackend> All => [.. _supervisors.Values.Select(one => one.Backend).Where(CanSend).Cast<IFaxBackend>()];

    public IFaxBackend? Find(string pluginId) => _supervisors.GetValueOrDefault(pluginId)?.Backend is { } backend && CanSend(backend) ? backend : null;

    public bool MayCarry(string pluginId) => MayBeOf(pluginId, Outbound);

    public IReadOnlyList<IPluginBackend> Of(string category) =>
        [.. _supervisors.Values.Select(one => one.Backend).Where(backend => backend?.Manifest.Categories.Contains(category) == true).Cast<IPluginBackend>()];

    public bool MayBeOf(string pluginId, string category) => packages.Find(pluginId) is not { Manifest: { } manifest } || manifest.Categories.Contains(category);

    public async Task SettleAsync(TimeSpan longest, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        Task all = Task.WhenAll(_supervisors.Values.Where(supervisor => supervisor.Backend is not null)
            .Select(supervisor => supervisor.WhenAsync(status => status.State is PluginState.Running or PluginState.BackingOff or PluginState.Fused, either.Token)));
        await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>All packages with how they are.</summary>
    public IReadOnlyList<PluginView> List() => [.. packages.All.Select(package => new PluginView(
        package.Id, package.Version, package.Sha512, package.IsBuiltIn, package.Manifest, package.Problems, StatusOf(package.Id))
    {
        Package = package.Locked?.Package, Source = package.LockedVersion?.Source, Previous = package.Locked?.Previous,
    })];

    /// <summary>A package with how it is; null when there is none.</summary>
    public PluginView? Describe(string pluginId) => List().FirstOrDefault(plugin => plugin.Id == pluginId);

    /// <summary>The plugin's settings with masked secrets; null when there is no such plugin.</summary>
    public Task<PluginConfig?> GetConfigAsync(string pluginId, CancellationToken cancel) => configs.FindAsync(pluginId, cancel);

    /// <summary>Changes the settings and applies them; <see cref="WhenAsync"/> tells how that went.</summary>
    public async Task<PluginConfigAnswer> PutConfigAsync(string pluginId, PluginConfigChange change, CancellationToken cancel)
    {
        var answer = await configs.PutAsync(pluginId, change, cancel);
        if (answer.Kind == PluginConfigAnswerKind.Saved) await RefreshAsync(cancel);
        return answer;
    }

    /// <summary>Waits for a status of the plugin.</summary>
    /// <exception cref="KeyNotFoundException">There is no such plugin.</exception>
    public Task<PluginStatus> WhenAsync(string pluginId, Func<PluginStatus, bool> test, CancellationToken cancel) => _supervisors[pluginId].WhenAsync(test, cancel);

    /// <summary>
    /// A live check: with wanted settings in a process of its own that is ended again, so before anything is saved, and else with what is in force.
    /// </summary>
    public async Task<CheckResult> CheckAsync(string pluginId, PluginConfigChange? wanted, CheckRequest request, CancellationToken cancel)
    {
        if (packages.Find(pluginId) is not { Manifest: not null } package) return CheckResult.Failed("There is no such plugin, or its package cannot be used.");
        var revision = await settings.FindAsync(pluginId, cancel) ?? configs.First(pluginId);
        if (wanted is not null)
        {
            (revision, var problems) = await configs.NextAsync(package, revision, wanted with { Enabled = true }, cancel);
            if (problems.Count > 0) return CheckResult.Failed([.. problems.Select(problem => $"{problem.Path}: {problem.Message}")]);
        }

        try
        {
            await using var process = await launcher.LaunchAsync(Wish(package, revision), cancel);
            var result = await process.CallAsync<CheckResult>(WireMethods.Check, new() { ["request"] = request }, request.Dial is null ? options.Times.Call : options.Times.CheckCall, cancel);
            await process.StopAsync();
            return result;
        }
        catch (Exception e) when (e is PluginFailureException or PluginRefusedException)
        {
            return CheckResult.Failed(e.Message);
        }
    }

    /// <summary>Starts an enabled plugin afresh, and puts its fuse in again; false when it is not enabled.</summary>
    public bool Restart(string pluginId)
    {
        if (_supervisors.GetValueOrDefault(pluginId) is not { Backend: not null } supervisor) return false;
        supervisor.Restart();
        return true;
    }

    /// <summary>Gives a provider's request to its plugin.</summary>
    /// <exception cref="PluginFailureException">The plugin does not run, or failed.</exception>
    public Task<WebhookResult> HandleWebhookAsync(string pluginId, WebhookRequest request, CancellationToken cancel) =>
        CallAsync<WebhookResult>(pluginId, WireMethods.HandleWebhook, new() { ["request"] = request }, cancel);

    /// <summary>Calls a capability of a plugin; the parameters are named as in docs/plugins.md.</summary>
    /// <exception cref="PluginFailureException">The plugin does not run, or failed.</exception>
    public Task<T> CallAsync<T>(string pluginId, string capability, Dictionary<string, object?> arguments, CancellationToken cancel) =>
        _supervisors.GetValueOrDefault(pluginId)?.Backend?.CallAsync<T>(capability, arguments, options.Times.Call, cancel)
            ?? throw new PluginFailureException($"{pluginId} is not enabled.", wasCalled: false);

    /// <summary>Waits until no process of the plugin runs from such a folder any more.</summary>
    public async Task WhenLeftAsync(string pluginId, Predicate<string> folder, CancellationToken cancel)
    {
        if (_supervisors.GetValueOrDefault(pluginId) is not { } supervisor) return;
        await supervisor.WhenAsync(_ => supervisor.Folder is not { } runs || !folder(runs), cancel);
        await supervisor.Left.WaitAsync(cancel);
    }

    /// <summary>Looks at the packages again, after one was installed or removed, and applies what changed.</summary>
    public async Task RescanAsync(CancellationToken cancel)
    {
        packages.Scan();
        foreach (var package in packages.All.Where(package => package.Manifest is null)) PluginEvents.PackageRefused(logger, package.Id, string.Join(' ', package.Problems));
        await RefreshAsync(cancel);
    }

    /// <summary>Applies the settings in force, whoever changed them.</summary>
    public async Task RefreshAsync(CancellationToken cancel)
    {
        await _refreshing.WaitAsync(cancel);
        try
        {
            var revisions = (await settings.AllAsync(cancel)).ToDictionary(revision => revision.PluginId);
            foreach (var package in packages.All) Apply(package, revisions.GetValueOrDefault(package.Id) ?? configs.First(package.Id));
            foreach (var (id, supervisor) in _supervisors.Where(one => packages.Find(one.Key) is null)) supervisor.WantNothing("Its package was removed.");
        }
        finally
        {
            _refreshing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        var leaving = _supervisors.Keys.Select(id => _supervisors.TryRemove(id, out var supervisor) ? supervisor.DisposeAsync().AsTask() : Task.CompletedTask).ToArray();
        await Task.WhenAll(leaving);
        _refreshing.Dispose();
    }

    private void Apply(PluginPackage package, PluginRevision revision)
    {
        var supervisor = _supervisors.GetOrAdd(package.Id, id => new PluginSupervisor(id, launcher, options, logger, time));
        if (package.Manifest is null) supervisor.WantNothing($"Its package cannot be used. {string.Join(' ', package.Problems.Where(problem => !problem.IsWarning))}");
        else if (!revision.Enabled) supervisor.WantNothing("It is not enabled.");
        else supervisor.Want(Wish(package, revision));
    }

    private PluginStatus StatusOf(string pluginId) =>
        _supervisors.GetValueOrDefault(pluginId)?.Status ?? new PluginStatus(PluginState.Stopped, "It was not looked at yet.", time.GetUtcNow());

    private static PluginWish Wish(PluginPackage package, PluginRevision revision) => new(
        package, revision.Revision, JsonSerializer.SerializeToElement(SettingsSecrets.PutBack(revision.Masked, revision.Secrets)), revision.Limits);

    private static bool CanSend(FaxBackend? backend) => backend?.Manifest.Categories.Contains(Outbound) == true;
}
