using System.Collections.Immutable;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Wire;
using Faxbot.Server.Plugins.Processes;
using Faxbot.Server.Telemetry;

namespace Faxbot.Server.Plugins;

/// <summary>
/// Keeps one plugin as it is wanted. One loop owns all of its state: it starts what is wanted, looks after its health, starts it again when it
/// broke down, and puts a new one in the place of an old one only when the new one runs. What others see of it is immutable.
/// </summary>
internal sealed class PluginSupervisor : IAsyncDisposable
{
    private readonly string _pluginId;
    private readonly PluginLauncher _launcher;
    private readonly PluginOptions _options;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _closing = new();
    private readonly CrashCount _crashes;
    private readonly Signal _wishChanged = new();
    private readonly Signal _statusChanged = new();
    private readonly Task _loop;

    private volatile PluginWish? _wish;
    private volatile string _whyNot = "It is not enabled.";
    private volatile PluginStatus _status;
    private volatile FaxBackend? _backend;
    private PluginWish? _declined;
    private volatile FaxBackend? _current;
    private volatile ImmutableList<Task> _leaving = [];

    public PluginSupervisor(string pluginId, PluginLauncher launcher, PluginOptions options, ILogger logger, TimeProvider time)
    {
        (_pluginId, _launcher, _options, _logger, _time) = (pluginId, launcher, options, logger, time);
        _crashes = new CrashCount(options.Times, options.Limits.FuseCrashes, time);
        _status = new PluginStatus(PluginState.Stopped, _whyNot, time.GetUtcNow());
        _loop = Task.Run(RunAsync);
    }

    public PluginStatus Status => _status;

    /// <summary>What takes calls now, or says that nothing does; null when the plugin is not wanted.</summary>
    public FaxBackend? Backend => _backend ?? (_wish is { } wish ? new FaxBackend(wish, null, _options.Times) : null);

    /// <summary>The folder of the package that runs; null when nothing does.</summary>
    public string? Folder => _current?.Wish.Package.Folder;

    /// <summary>Completes when the processes that were told to end so far have ended.</summary>
    public Task Left => Task.WhenAll(_leaving);

    /// <summary>Says what is to run; the same files and settings as before change nothing.</summary>
    public void Want(PluginWish wish)
    {
        if (wish.IsSameAs(_wish) && wish.Limits == _wish?.Limits) return;
        Change(wish);
    }

    /// <summary>Says that nothing is to run, and why.</summary>
    public void WantNothing(string why)
    {
        if (_wish is null && _whyNot == why) return;
        _whyNot = why;
        Change(null);
    }

    /// <summary>Starts what is wanted afresh; the fuse is put in again.</summary>
    public void Restart()
    {
        if (_wish is { } wish) Change(new PluginWish(wish.Package, wish.Pin.SettingsRevision, wish.Settings, wish.Limits));
    }

    /// <summary>Waits for a status that satisfies <paramref name="test"/>.</summary>
    public async Task<PluginStatus> WhenAsync(Func<PluginStatus, bool> test, CancellationToken cancel)
    {
        while (true)
        {
            var changed = _statusChanged.Next;
            if (_status is var status && test(status)) return status;
            await changed.WaitAsync(cancel);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _loop;
        _closing.Dispose();
    }

    private void Change(PluginWish? wish)
    {
        _wish = wish;
        _wishChanged.Raise();
    }

    private async Task RunAsync()
    {
        while (!_closing.IsCancellationRequested)
        {
            var changed = _wishChanged.Next;
            var wish = _wish;
            if (wish is null) Stop();
            else if (IsToStart(wish)) await StartAsync(wish, changed);
            if (_wish == wish && !IsToStart(wish)) await WatchAsync(changed);
        }

        Stop();
        await Left;
    }

    private bool IsToStart(PluginWish? wish) => wish is not null && _current?.Wish != wish && _declined != wish;

    // Whatever runs goes on until what is wanted runs.
    private async Task StartAsync(PluginWish wish, Task changed)
    {
        if (_current is null) Show(PluginState.Starting, "");
        try
        {
            var process = await _launcher.LaunchAsync(wish, _closing.Token);
            Leave(_current);
            _backend = _current = new FaxBackend(wish, process, _options.Times);
            PluginEvents.Runs(_logger, _pluginId, wish.Pin.Version, wish.Pin.SettingsRevision, process.Id);
            await CheckHealthAsync(_current);
        }
        catch (OperationCanceledException)
        {
            // The gateway ends; the loop sees that.
        }
        catch (Exception e) when (e is PluginFailureException or PluginRefusedException)
        {
            if (_current is not null) GoOnAsBefore(wish, e.Message);
            else if (e is PluginRefusedException) GiveUp(wish, e.Message);
            else await PauseAsync(wish, e.Message, changed);
        }
    }

    // Until the wish changes, the process ends or the next health check is due.
    private async Task WatchAsync(Task changed)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
        var current = _current;
        var pause = Task.Delay(current is null ? Timeout.InfiniteTimeSpan : _options.Times.HealthInterval, _time, over.Token);
        await Task.WhenAny(changed, current?.Ended ?? pause, pause);
        await over.CancelAsync();
        if (current is null || _closing.IsCancellationRequested) return;
        if (current.Ended.IsCompleted) await BreakDownAsync(current, await current.Ended, changed);
        else if (!changed.IsCompleted) await CheckHealthAsync(current);
    }

    private async Task BreakDownAsync(FaxBackend current, string reason, Task changed)
    {
        Leave(current);
        _backend = _current = null;
        _declined = null;
        GatewayMeter.PluginBrokeDown(_pluginId);
        await PauseAsync(current.Wish, reason, changed);
    }

    private async Task PauseAsync(PluginWish wish, string reason, Task changed)
    {
        if (_crashes.Add(wish) is not { } pause)
        {
            GiveUp(wish, $"It broke down {_crashes.Count} times within {_options.Times.FuseWindow}, at last so: {reason}");
            return;
        }

        PluginEvents.BrokeDown(_logger, _pluginId, reason, pause);
        Show(PluginState.BackingOff, reason);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
        await Task.WhenAny(changed, Task.Delay(pause, _time, over.Token));
        await over.CancelAsync();
    }

    private async Task CheckHealthAsync(FaxBackend current)
    {
        try
        {
            var health = await current.CallAsync<CheckResult>(WireMethods.CheckHealth, null, _options.Times.Health, _closing.Token);
            ShowHealth(current, health.Ok, PluginWords.Fit(string.Join(' ', health.Problems)));
        }
        catch (PluginFailureException e)
        {
            ShowHealth(current, false, e.Message);
        }
        catch (OperationCanceledException)
        {
            // The gateway ends; the loop sees that.
        }
    }

    private void ShowHealth(FaxBackend current, bool isHealthy, string reason)
    {
        if (current.IsHealthy && !isHealthy) PluginEvents.Unwell(_logger, _pluginId, reason);
        current.IsHealthy = isHealthy;
        if (!current.Ended.IsCompleted) Show(PluginState.Running, reason);
    }

    private void Stop()
    {
        Leave(_current);
        _backend = _current = null;
        _declined = null;
        Show(PluginState.Stopped, _whyNot);
    }

    private void GiveUp(PluginWish wish, string reason)
    {
        _declined = wish;
        PluginEvents.GaveUp(_logger, _pluginId, reason);
        Show(PluginState.Fused, reason);
    }

    private void GoOnAsBefore(PluginWish wish, string reason)
    {
        _declined = wish;
        PluginEvents.GoesOnAsItWas(_logger, _pluginId, wish.Pin.Version, wish.Pin.SettingsRevision, reason);
        Show(PluginState.Running, $"It does not start as {Name(wish.Pin)}, and goes on as {Name(_current!.Pin)}: {reason}");
    }

    private static string Name(PluginPin pin) => $"version {pin.Version} with revision {pin.SettingsRevision} of the settings";

    private void Leave(FaxBackend? old)
    {
        if (old is null) return;
        _leaving = _leaving.RemoveAll(task => task.IsCompletedSuccessfully).Add(LeaveAsync(old));
    }

    private async Task LeaveAsync(FaxBackend old)
    {
        // When the gateway itself ends, what is in flight is cut short: its jobs are resolved by whoever runs next.
        if (!_closing.IsCancellationRequested && !await old.Process!.DrainAsync(_options.Times.Drain)) PluginEvents.NotDrained(_logger, _pluginId, _options.Times.Drain);
        await old.Process!.StopAsync();
        await old.Process.DisposeAsync();
    }

    private void Show(PluginState state, string reason)
    {
        _status = new PluginStatus(state, reason, _status.State == state ? _status.Since : _time.GetUtcNow())
        {
            Running = _current?.Pin, Process = _current?.Process?.Id, IsHealthy = _current?.IsHealthy == true, Crashes = _crashes.Count,
        };
        _statusChanged.Raise();
    }
}
