using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Faxbot.Sdk;
using Faxbot.Sdk.Wire;
using StreamJsonRpc;

namespace Faxbot.Server.Plugins.Processes;

/// <summary>
/// A plugin's process and the conversation with it. Whatever the process does (ends, hangs, writes without end, answers nonsense), a call to it
/// ends in time with an exception that says what happened, and <see cref="Ended"/> completes with the reason. Thread-safe.
/// </summary>
internal sealed class PluginProcess : IAsyncDisposable
{
    private const int SignalledExit = 128;
    // Between the end of its output and the end of the process itself there is a moment, in which no reason is known yet.
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(2);
    private static readonly Dictionary<string, object?> Nothing = [];

    private readonly string _pluginId;
    private readonly PluginTimes _times;
    private readonly TimeProvider _time;
    private readonly Process _process;
    private readonly FrameGuard _guard;
    private readonly JsonRpc _rpc;
    private readonly Task _log;
    private readonly Task<string> _ended;
    private readonly CallGate _gate = new();
    private readonly CancellationTokenSource _over = new();
    private readonly bool _isInSandbox;
    private volatile int _id;
    private string? _reason;

    private PluginProcess(PluginWish wish, PluginOptions options, Process process, IPluginServices services, ILogger logger, TimeProvider time)
    {
        (_pluginId, _times, _time, _process) = (wish.Package.Id, options.Times, time, process);
        _isInSandbox = options.RunsInSandbox;
        var limits = options.Limits;
        _guard = new FrameGuard(limits.Message, limits.MessagesPerSecond, time);
        var output = new GuardedInput(process.StandardOutput.BaseStream, _guard, Break);
        _rpc = new PluginRpc(new HeaderDelimitedMessageHandler(process.StandardInput.BaseStream, output, new SystemTextJsonFormatter { JsonSerializerOptions = SdkJson.Options }));
        Session = new PluginSession(_pluginId, wish.Manifest.Categories, _over.Token);
        new PluginRequests(Session, options.OwnFolder(_pluginId), services, limits.CallsAtOnce, Break).AddTo(_rpc);
        _rpc.Disconnected += OnDisconnected;
        _log = new PluginLog(_pluginId, logger, new Allowance(limits.LogLinesPerSecond, time)).ReadAsync(process.StandardError);
        _ended = WatchAsync(logger);
        _rpc.StartListening();
    }

    /// <summary>The plugin's own process; before its first answer it may be the sandbox's.</summary>
    public int Id
    {
        get
        {
            if (_id == 0) _id = _isInSandbox ? PluginSandbox.FindInside(_process.Id) ?? 0 : _process.Id;
            return _id == 0 ? _process.Id : _id;
        }
    }

    /// <summary>What the gateway keeps for this process.</summary>
    public PluginSession Session { get; }

    /// <summary>Completes when the process has ended, with why: a sentence.</summary>
    public Task<string> Ended => _ended;

    /// <summary>Starts the process; nothing is said to it yet.</summary>
    /// <exception cref="PluginFailureException">It cannot be started.</exception>
    public static async Task<PluginProcess> StartAsync(PluginWish wish, PluginOptions options, IPluginServices services, ILogger logger, TimeProvider time)
    {
        var own = options.OwnFolder(wish.Package.Id);
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(own);
        else Directory.CreateDirectory(own, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        try
        {
            return new PluginProcess(wish, options, await ParentThread.StartAsync(PluginCommand.For(wish, options, own)), services, logger, time);
        }
        catch (Win32Exception e)
        {
            throw new PluginFailureException($"{wish.Package.Id} cannot be started: {e.Message}.", wasCalled: false, e);
        }
    }

    /// <summary>Calls a method and waits for its answer.</summary>
    /// <param name="method">The word of the protocol.</param>
    /// <param name="arguments">Its named parameters; null for none.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="cancel">Gives up; the plugin is told.</param>
    /// <exception cref="Sdk.Faxes.FaxRejectedException">The plugin surely did not take the fax; only from what sends.</exception>
    /// <exception cref="PluginRefusedException">The plugin cannot run as it is; only before it was started.</exception>
    /// <exception cref="PluginFailureException">Anything else.</exception>
    public async Task<T> CallAsync<T>(string method, Dictionary<string, object?>? arguments, TimeSpan limit, CancellationToken cancel) =>
        PluginAnswers.Read<T>(_pluginId, method, await CallAsync(method, arguments, limit, cancel));

    /// <summary>As the other, for methods without a result.</summary>
    public async Task<JsonElement> CallAsync(string method, Dictionary<string, object?>? arguments, TimeSpan limit, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (_ended.IsCompleted || !_gate.TryEnter()) throw new PluginFailureException($"{_pluginId} does not run, or is about to end.", wasCalled: false);
        try
        {
            return await AskAsync(method, arguments ?? Nothing, limit, cancel);
        }
        finally
        {
            _gate.Leave();
        }
    }

    /// <summary>Takes no more calls, and waits for those in flight.</summary>
    /// <returns>Whether all ended within <paramref name="limit"/>.</returns>
    public Task<bool> DrainAsync(TimeSpan limit) => _gate.CloseAsync(limit, _time);

    /// <summary>Ends it: in order if it lets itself be told, by force if not.</summary>
    public async Task StopAsync()
    {
        await _gate.CloseAsync(TimeSpan.Zero, _time);
        try
        {
            if (!_ended.IsCompleted) await AskAsync(WireMethods.Stop, Nothing, _times.Stop, CancellationToken.None);
            Interlocked.CompareExchange(ref _reason, "It was told to.", null);
            await _process.StandardInput.BaseStream.DisposeAsync();
            await _ended.WaitAsync(_times.Stop, _time);
        }
        catch (Exception e) when (e is PluginFailureException or TimeoutException or IOException)
        {
            Kill("It did not end when it was told to, and was killed.");
        }

        await _ended;
    }

    public async ValueTask DisposeAsync()
    {
        Kill("It was killed.");
        await _ended;
        _rpc.Dispose();
        _process.Dispose();
        _over.Dispose();
    }

    private async Task<JsonElement> AskAsync(string method, Dictionary<string, object?> arguments, TimeSpan limit, CancellationToken cancel)
    {
        using var limited = new CancellationTokenSource(limit, _time);
        using var wish = CancellationTokenSource.CreateLinkedTokenSource(limited.Token, cancel);
        // A call that was told to end still has an answer to give, so it is waited for a little longer.
        using var late = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _time);
        await using var lateAfterWish = wish.Token.Register(() => late.CancelAfter(_times.Grace));
        _guard.Expect();
        try
        {
            return await _rpc.InvokeWithParameterObjectAsync<JsonElement>(method, (IReadOnlyDictionary<string, object?>)arguments, null, wish.Token).WaitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            cancel.ThrowIfCancellationRequested();
            if (late.IsCancellationRequested) Kill(string.Create(CultureInfo.InvariantCulture, $"It hung in {method} and was killed."));
            throw Failure($"{_pluginId} did not answer {method} within {limit.TotalSeconds:0.###} s.");
        }
        catch (RemoteRpcException error) when (error is RemoteInvocationException or RemoteMethodNotFoundException)
        {
            throw PluginAnswers.Error(_pluginId, method, error);
        }
        catch (Exception e) when (e is RemoteRpcException or ConnectionLostException or ObjectDisposedException or IOException or JsonException)
        {
            var reason = await Task.WhenAny(_ended, Task.Delay(Moment, _time, CancellationToken.None)) == _ended ? await _ended : "It gave no answer that can be read.";
            throw Failure($"{_pluginId} failed in {method}. {reason}", e);
        }
    }

    private static PluginFailureException Failure(string message, Exception? inner = null) => new(message, wasCalled: true, inner);

    private void Break(string what) => Kill($"It {what}, and was killed.");

    private async void OnDisconnected(object? sender, JsonRpcDisconnectedEventArgs e)
    {
        if (e.Reason == DisconnectedReason.LocallyDisposed) return;
        if (e.Reason != DisconnectedReason.RemotePartyTerminated && e.Exception is not (IOException or ObjectDisposedException or OperationCanceledException))
        {
            Kill("It sent a message that is no JSON-RPC, and was killed.");
            return;
        }

        if (await Task.WhenAny(_ended, Task.Delay(Moment, _time)) != _ended) Kill("It closed its standard output, and was killed.");
    }

    private void Kill(string reason)
    {
        Interlocked.CompareExchange(ref _reason, reason, null);
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended meanwhile.
        }
    }

    private async Task<string> WatchAsync(ILogger logger)
    {
        await _process.WaitForExitAsync();
        var code = _process.ExitCode;
        var reason = _reason ?? (code > SignalledExit
            ? string.Create(CultureInfo.InvariantCulture, $"It was ended by signal {code - SignalledExit}.")
            : string.Create(CultureInfo.InvariantCulture, $"It ended by itself with exit code {code}."));
        await Task.WhenAny(_log, Task.Delay(Moment, _time));
        _rpc.Dispose();
        PluginEvents.Ended(logger, _pluginId, Id, reason);
        await _over.CancelAsync();
        return reason;
    }
}
