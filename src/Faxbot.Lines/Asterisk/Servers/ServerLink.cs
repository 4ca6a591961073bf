using System.Collections.Concurrent;
using Faxbot.Lines.Asterisk.Calls;
using Faxbot.Lines.Asterisk.Manager;
using Faxbot.Lines.Asterisk.Receiving;
using Microsoft.Extensions.Logging;

namespace Faxbot.Lines.Asterisk.Servers;

/// <summary>
/// One Asterisk: its connection, the calls over it, and what it received. It is usable when Asterisk has started in full and may be asked. Each event is
/// told to the call that it is of. Thread-safe.
/// </summary>
internal sealed partial class ServerLink : IAsyncDisposable
{
    private readonly AmiClient _client;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<string, CallFeed> _calls = new();
    private readonly Lock _gate = new();
    private readonly Task _running;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _progress;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string? _run;
    private volatile string? _problem;
    private int _reserved;

    public ServerLink(AsteriskServer server, AsteriskLineOptions options, AsteriskReceiver? receiver, TimeProvider time, ILogger logger)
    {
        (Server, _time, _logger) = (server, time, logger);
        _client = new AmiClient(server, options.Manager, time);
        Record = new AsteriskRecord((action, follow) => _client.AskAsync(action, follow));
        Folder = new HandOverFolder(server);
        Inbox = receiver is null ? null : new AsteriskInbox(server, Record, Folder, receiver, time);
        _running = RunAsync();
        _progress = new ProgressWatch(_client, () => [.. _calls.Values.Where(call => call.FaxingChannel is not null)], time).RunAsync(options.ProgressInterval, _stop.Token);
        Sweeping = new FolderSweep(this, options, time).RunAsync(_stop.Token);
    }

    public AsteriskServer Server { get; }

    public AsteriskRecord Record { get; }

    public HandOverFolder Folder { get; }

    /// <summary>What takes received faxes; null where nobody does.</summary>
    public AsteriskInbox? Inbox { get; }

    /// <summary>Since when Asterisk runs, in its own words; null while it is not usable.</summary>
    public string? Run => _run;

    /// <summary>Since when Asterisk runs, by our clock, to a second or two; null while that is not known.</summary>
    public DateTimeOffset? Started { get; private set; }

    /// <summary>How it does.</summary>
    public AsteriskServerStatus Status => new(Server.Name, _run is not null, _run is null ? _client.Problem ?? _problem : null, _calls.Count);

    /// <summary>The share of its calls that is taken.</summary>
    public double Load => (double)Volatile.Read(ref _reserved) / Math.Max(1, Server.MaxCalls);

    /// <summary>Completes when it has become usable or stopped to be.</summary>
    public Task Changed => _changed.Task;

    private Task Sweeping { get; }

    /// <summary>Takes one of its calls; false where there is none or it is not usable.</summary>
    public bool TryReserve()
    {
        lock (_gate)
        {
            if (_run is null || _reserved >= Server.MaxCalls) return false;
            _reserved++;
            return true;
        }
    }

    /// <summary>Gives a call back.</summary>
    public void Release() => Interlocked.Decrement(ref _reserved);

    /// <summary>Follows a call: what happens on it is told from now on.</summary>
    public CallFeed Follow(string attemptId)
    {
        var feed = new CallFeed(attemptId, left => _calls.TryRemove(new KeyValuePair<string, CallFeed>(Origination.ChannelIdOf(left.AttemptId), left)));
        _calls[Origination.ChannelIdOf(attemptId)] = feed;
        if (_stop.IsCancellationRequested) feed.Close();
        return feed;
    }

    /// <summary>Whether a call of that attempt is followed here.</summary>
    public bool Follows(string attemptId) => _calls.ContainsKey(Origination.ChannelIdOf(attemptId));

    /// <summary>Deletes Asterisk's record of a call, and its pages unless they are being sent.</summary>
    public async Task ForgetAsync(string attemptId)
    {
        await Record.ForgetAsync(attemptId);
        if (!Follows(attemptId)) Folder.Delete(attemptId);
    }

    /// <summary>What is known of a call; null when Asterisk cannot be asked now.</summary>
    public async Task<CallTrace?> LookUpAsync(string attemptId) => _run is { } run ? await Record.LookUpAsync(attemptId, run) : null;

    /// <summary>Asks Asterisk something.</summary>
    public Task<AmiResult> AskAsync(AmiAction action, AmiFollow follow = AmiFollow.Nothing, string? actionId = null) => _client.AskAsync(action, follow, actionId);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var call in _calls.Values) call.Close();
        await _client.DisposeAsync();
        await _running;
        await _progress;
        await Sweeping;
        if (Inbox is not null) await Inbox.DisposeAsync();
    }

    private async Task RunAsync()
    {
        var isBooted = false;
        var isConnected = false;
        await foreach (var signal in _client.Signals.ReadAllAsync())
        {
            switch (signal)
            {
                case AmiSignal.Connected: isConnected = true; break;
                case AmiSignal.Happened { Event: { Event: "FullyBooted" } booted }:
                    isBooted = true;
                    Started = booted.Number("Uptime") is { } uptime ? _time.GetUtcNow() - TimeSpan.FromSeconds(uptime) : null;
                    break;
                case AmiSignal.Happened { Event: var happened }: Tell(happened); break;
                case AmiSignal.Lost:
                    (isBooted, isConnected, _problem) = (false, false, null);
                    OnLost();
                    break;
            }

            // One that refuses is asked again when it is connected again: its rights are read at the login.
            if (isBooted && isConnected && _run is null) isBooted = await SettleAsync();
            else if (isConnected && !isBooted) _problem ??= $"Asterisk {Server.Name} has not started in full, or its manager user may not read the class system.";
        }
    }

    // What happened before is asked for: nobody saw it.
    private async Task<bool> SettleAsync()
    {
        if (Folder.TryCreate() is { } unwritable)
        {
            _problem = unwritable;
            return false;
        }

        var core = await _client.AskAsync(new AmiAction("CoreStatus"));
        if (!core.IsSuccess)
        {
            _problem = $"Asterisk {Server.Name} does not let the manager user {Server.User} ask for its state: give it the class system in manager.conf, to read and to write.";
            return false;
        }

        _run = $"{core.Response!["CoreStartupDate"]} {core.Response["CoreStartupTime"]}";
        Usable(_logger, Server.Name);
        SignalChange();
        foreach (var call in _calls.Values) call.Tell(new CallInput.ConnectionBack());
        return true;
    }

    private void OnLost()
    {
        if (_run is not null) Lost(_logger, Server.Name);
        (_run, Started) = (null, null);
        SignalChange();
        foreach (var call in _calls.Values) call.Tell(new CallInput.ConnectionLost());
    }

    private void Tell(AmiMessage happened)
    {
        foreach (var id in (ReadOnlySpan<string>)[happened["Uniqueid"], happened["DestUniqueid"], happened.ActionId])
        {
            if (!_calls.TryGetValue(id, out var call)) continue;
            call.Tell(new CallInput.Happened(happened));
            return;
        }

        if (happened.Event == "UserEvent") Inbox?.Notice(happened);
    }

    private void SignalChange() => Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    [LoggerMessage(1500, LogLevel.Information, "Asterisk {Server} is connected")]
    private static partial void Usable(ILogger logger, string server);

    [LoggerMessage(1501, LogLevel.Warning, "The connection to Asterisk {Server} was lost; it is made again")]
    private static partial void Lost(ILogger logger, string server);
}
