using Faxbot.Server.Plugins.Packages;
using NuGet.Versioning;

namespace Faxbot.Server.Plugins.Install;

/// <summary>
/// Installs, upgrades, rolls back and removes plugins, one after another. A version is put together where nobody sees it, gets its place by one rename, and
/// runs when the lock file says so: whenever the gateway is ended in between, either all of it is done or nothing. Thread-safe.
/// </summary>
internal sealed class PluginInstaller(PluginOptions options, PluginFleet fleet, PackageFeeds feeds, ILogger<PluginInstaller> logger, TimeProvider time) : IAsyncDisposable
{
    private readonly InstalledVersions _versions = new(options);
    private readonly SemaphoreSlim _one = new(1);
    private readonly CancellationTokenSource _closing = new();
    private Task _leaving = Task.CompletedTask;

    /// <summary>Installs a package, or again what was altered; it is not enabled.</summary>
    /// <param name="request">The package and where it is to come from.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The plugin's id.</returns>
    /// <exception cref="PluginInstallException">It is not installed.</exception>
    public Task<string> InstallAsync(InstallRequest request, CancellationToken cancel) => OneByOneAsync(
        locked =>
        {
            var same = locked.Plugins.FirstOrDefault(plugin => plugin.Value.Package.Equals(request.Id, StringComparison.OrdinalIgnoreCase));
            return InstallAsync(locked, same.Key, request.Id, request.Version, feeds.StartingWith(request.Source), cancel);
        },
        cancel);

    /// <summary>Installs the newest version, or a certain one, beside the one that runs; faxes under way end with the version that they began with.</summary>
    /// <returns>Whether another version runs now.</returns>
    /// <exception cref="PluginInstallException">It is not upgraded.</exception>
    public Task<bool> UpgradeAsync(string pluginId, string? version, string? source, CancellationToken cancel) => OneByOneAsync(
        async locked =>
        {
            var plugin = Find(locked, pluginId);
            var recorded = plugin.Versions[plugin.Current].Source;
            var from = feeds.StartingWith(source ?? (feeds.Lists(recorded) ? recorded : null));
            if (version is null && await IsNewestAsync(from, plugin, cancel)) return false;
            await InstallAsync(locked, pluginId, plugin.Package, version, from, cancel);
            return true;
        },
        cancel);

    /// <summary>Goes back to the version that ran before; once more, and it is the later one again.</summary>
    /// <exception cref="PluginInstallException">There is none, or it was altered.</exception>
    public Task<bool> RollBackAsync(string pluginId, CancellationToken cancel) => OneByOneAsync(
        async locked =>
        {
            var plugin = Find(locked, pluginId);
            if (plugin.Previous is not { } previous) throw new PluginInstallException(InstallFailure.Conflict, $"There is no version before {plugin.Current} to go back to.");
            if (FileSeals.Difference(options.InstalledVersionFolder(pluginId, previous), plugin.Versions[previous].Files) is { } difference)
                throw new PluginInstallException(InstallFailure.Conflict, $"Version {previous} was altered on disk ({difference}): install it again with its version number.");
            await KeepAsync(locked.With(pluginId, plugin with { Current = previous, Previous = plugin.Current }), pluginId, cancel);
            InstallerLog.RolledBack(logger, pluginId, previous);
            return true;
        },
        cancel);

    /// <summary>Removes it. Its process ends when its calls have; its settings stay for the case that it is installed again.</summary>
    /// <exception cref="PluginInstallException">It is not installed.</exception>
    public Task<bool> UninstallAsync(string pluginId, CancellationToken cancel) => OneByOneAsync(
        async locked =>
        {
            Find(locked, pluginId);
            await KeepAsync(locked.With(pluginId, null), pluginId, cancel);
            InstallerLog.Uninstalled(logger, pluginId);
            return true;
        },
        cancel);

    /// <summary>Waits until the files that are no longer used are removed: when the processes that run from them have ended.</summary>
    public Task RemovalsAsync() => _leaving;

    /// <summary>Removes what was left behind half done; only before plugins are started.</summary>
    public void Sweep()
    {
        try
        {
            _versions.Sweep(PluginLock.Read(options.LockFile));
        }
        catch (InvalidDataException broken)
        {
            // Nobody knows what may be removed.
            InstallerLog.LockBroken(logger, broken.Message);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _leaving;
        _closing.Dispose();
        _one.Dispose();
    }

    private async Task<string> InstallAsync(PluginLock locked, string? pluginId, string packageId, string? version, IReadOnlyList<IPackageFeed> from, CancellationToken cancel)
    {
        var stage = _versions.Stage();
        try
        {
            var prepared = await new PackagePreparation(options, time).PrepareAsync(from, packageId, version is null ? null : Parse(version), stage, cancel);
            var current = locked.Plugins.GetValueOrDefault(prepared.PluginId);
            CheckIdentity(prepared, pluginId, current);
            _versions.Place(prepared.Folder, stage, prepared.PluginId, prepared.Version);
            await KeepAsync(locked.With(prepared.PluginId, Next(current, prepared)), prepared.PluginId, cancel);
            InstallerLog.Installed(logger, prepared.PluginId, prepared.Version, prepared.Package, prepared.Locked.Source);
            return prepared.PluginId;
        }
        finally
        {
            InstalledVersions.Discard(stage);
        }
    }

    private static void CheckIdentity(PreparedPlugin prepared, string? pluginId, LockedPlugin? current)
    {
        if (pluginId is not null && prepared.PluginId != pluginId)
            throw PluginInstallException.Refused($"{prepared.Package} {prepared.Version} is plugin {prepared.PluginId}, and {pluginId} before: uninstall that first.");
        if (current is null) return;
        if (!current.Package.Equals(prepared.Package, StringComparison.OrdinalIgnoreCase))
            throw PluginInstallException.Refused($"{prepared.PluginId} is installed from the package {current.Package}, and {prepared.Package} is another: uninstall it first.");
        if (current.Versions.TryGetValue(prepared.Version, out var same) && same.Sha512 != prepared.Locked.Sha512)
            throw PluginInstallException.Refused($"{prepared.Package} {prepared.Version} in {prepared.Locked.Source} is not the package that was installed under this version (SHA-512): uninstall it first, if that is meant.");
    }

    private static LockedPlugin Next(LockedPlugin? current, PreparedPlugin prepared)
    {
        var previous = current is null || current.Current == prepared.Version ? current?.Previous : current.Current;
        SortedDictionary<string, LockedVersion> versions = new() { [prepared.Version] = prepared.Locked };
        if (previous is not null) versions[previous] = current!.Versions[previous];
        return new LockedPlugin { Package = prepared.Package, Current = prepared.Version, Previous = previous, Versions = versions };
    }

    private static async Task<bool> IsNewestAsync(IReadOnlyList<IPackageFeed> from, LockedPlugin plugin, CancellationToken cancel)
    {
        foreach (var feed in from)
        {
            if (await feed.VersionsAsync(plugin.Package, cancel) is { Count: > 0 } versions)
                return PackagePreparation.Choose(plugin.Package, versions, null) <= NuGetVersion.Parse(plugin.Current);
        }

        throw new PluginInstallException(InstallFailure.NotFound, $"No source has {plugin.Package} any more.");
    }

    // From the first line on it is done, whatever becomes of the caller.
    private async Task KeepAsync(PluginLock next, string pluginId, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        next.Write(options.LockFile);
        await fleet.RescanAsync(CancellationToken.None);
        _leaving = Task.WhenAll(_leaving, RemoveWhenLeftAsync(pluginId));
    }

    // Processes end in their own time, and run from their files until then.
    private async Task RemoveWhenLeftAsync(string pluginId)
    {
        try
        {
            var gone = _versions.Unlocked(PluginLock.Read(options.LockFile), pluginId);
            await fleet.WhenLeftAsync(pluginId, gone.Contains, _closing.Token);
            await OneByOneAsync(
                locked =>
                {
                    _versions.Remove(pluginId, _versions.Unlocked(locked, pluginId).Intersect(gone));
                    return Task.FromResult(true);
                },
                _closing.Token);
        }
        catch (OperationCanceledException)
        {
            // The gateway ends: the next start removes them.
        }
        catch (Exception held) when (held is IOException or UnauthorizedAccessException or InvalidDataException or PluginInstallException)
        {
            InstallerLog.NotRemoved(logger, held, pluginId);
        }
    }

    private async Task<T> OneByOneAsync<T>(Func<PluginLock, Task<T>> change, CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            return await change(PluginLock.Read(options.LockFile));
        }
        catch (InvalidDataException broken)
        {
            throw new PluginInstallException(InstallFailure.Conflict, broken.Message);
        }
        finally
        {
            _one.Release();
        }
    }

    private static LockedPlugin Find(PluginLock locked, string pluginId) =>
        locked.Plugins.GetValueOrDefault(pluginId) ?? throw new PluginInstallException(InstallFailure.NotFound, $"{pluginId} was not installed by this gateway.");

    private static NuGetVersion Parse(string version) =>
        NuGetVersion.TryParse(version, out var parsed) ? parsed : throw new PluginInstallException(InstallFailure.NotFound, $"{version} is no version: write it like 1.2.0.");
}

/// <summary>What is to be installed.</summary>
internal sealed record InstallRequest
{
    /// <summary>The NuGet package, such as Faxbot.Sip.Flowroute.</summary>
    public string Id { get; init; } = "";

    /// <summary>The version; the newest when left out.</summary>
    public string? Version { get; init; }

    /// <summary>The feed or folder, as the configuration lists it; each of them in turn when left out.</summary>
    public string? Source { get; init; }
}
