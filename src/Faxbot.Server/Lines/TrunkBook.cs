using System.Collections.Concurrent;
using Faxbot.Lines;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Trunks;
using Faxbot.Server.Lines.Asterisk;
using Faxbot.Server.Plugins;

namespace Faxbot.Server.Lines;

/// <summary>
/// The trunks that the processes of plugins are connected to, one each: kept until the process ends or connects another trunk. What a trunk takes at a
/// time, less the calls that come in over it, goes into the gate that its faxes pass. Thread-safe.
/// </summary>
internal sealed class TrunkBook(LineHub lines, AsteriskHub asterisk, TrunkProfiles profiles, TimeProvider time)
{
    // A trunk that is new is called registered or not before its plugin counts as started; a registrar that is slower is waited for no longer.
    private static readonly TimeSpan RegistrarPatience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<PluginSession, Entry> _entries = new();
    private readonly Lock _gate = new();

    /// <summary>Connects a trunk for a process, in place of the one before; the same one again changes nothing.</summary>
    /// <exception cref="Sdk.Faxes.FaxRejectedException">The SIP port cannot be opened.</exception>
    public async Task ConnectAsync(PluginSession session, TrunkProfile trunk, CancellationToken cancel)
    {
        var text = TrunkProfileJson.Write(trunk);
        Entry? former;
        Entry entry;
        lock (_gate)
        {
            if (_entries.TryGetValue(session, out former) && former.Text == text) return;
            // The new one comes first, so that a registration that both share is not given up between them.
            _entries[session] = entry = new Entry(text, trunk, lines.Connect(trunk, session.PluginId, TrafficOf(session)));
            profiles.Set(session.PluginId, trunk, TrafficOf(session));
        }

        session.Limits = new BackendLimits(trunk.Limits.MaxCalls, trunk.Limits.CallsPerSecond);
        session.CountCallsIn = () => lines.CallsIn(session.PluginId);
        if (former is null) session.Ended.Register(() => _ = DropAsync(session));
        else if (former.Connection is { } old) await old.DisposeAsync();
        if (entry.Connection is { } connection) await WaitForRegistrarAsync(connection, cancel);
    }

    /// <summary>Whether the process's trunk can be used, by what is known of it; asks nobody.</summary>
    public CheckResult Health(PluginSession session) => _entries.GetValueOrDefault(session) switch
    {
        { Trunk.Line: TrunkLine.Asterisk } => asterisk.Health(),
        { Connection: { } connection } => new CheckResult(connection.IsUsable, connection.Problems),
        _ => CheckResult.Passed,
    };

    // One trunk may serve several plugins: what comes in over it goes to the one that is for it.
    private static TrunkTraffic TrafficOf(PluginSession session) => session.Categories.Aggregate(TrunkTraffic.None, (all, category) => all | category switch
    {
        "outbound" or "inbound" => TrunkTraffic.Calls,
        "messaging" => TrunkTraffic.Messages,
        _ => TrunkTraffic.None,
    });

    private async Task WaitForRegistrarAsync(TrunkConnection connection, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(RegistrarPatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            await connection.WhenRegistrationAsync(status => !status.IsOpen, either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            // The plugin's health tells what comes of it.
        }
    }

    private async Task DropAsync(PluginSession session)
    {
        if (!_entries.TryRemove(session, out var entry)) return;
        profiles.Remove(session.PluginId, entry.Trunk);
        if (entry.Connection is { } connection) await connection.DisposeAsync();
    }

    /// <summary>A profile as it was connected; without a connection where no line is needed for it.</summary>
    private sealed record Entry(string Text, TrunkProfile Trunk, TrunkConnection? Connection);
}
