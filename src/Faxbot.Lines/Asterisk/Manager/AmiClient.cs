using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Threading.Channels;

namespace Faxbot.Lines.Asterisk.Manager;

/// <summary>
/// Keeps a server's manager interface connected: after a loss it connects again, after pauses that grow. What happens is read from
/// <see cref="Signals"/> by one reader. Thread-safe.
/// </summary>
internal sealed class AmiClient : IAsyncDisposable
{
    private readonly AsteriskServer _server;
    private readonly AmiOptions _options;
    private readonly TimeProvider _time;
    private readonly Channel<AmiSignal> _signals;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<string?> _firstAttempt = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _running;
    private volatile AmiConnection? _connection;
    private volatile string? _problem;

    public AmiClient(AsteriskServer server, AmiOptions options, TimeProvider time)
    {
        (_server, _options, _time) = (server, options, time);
        _signals = Channel.CreateBounded<AmiSignal>(new BoundedChannelOptions(options.MostEventsWaiting) { SingleReader = true });
        _running = RunAsync(_stop.Token);
    }

    /// <summary>What happens, until the client is disposed.</summary>
    public ChannelReader<AmiSignal> Signals => _signals.Reader;

    /// <summary>Whether Asterisk can be asked.</summary>
    public bool IsConnected => _connection is not null;

    /// <summary>What kept the last attempt from connecting, in a sentence with what to check; null while it is connected.</summary>
    public string? Problem => _problem;

    /// <summary>Ends with the first attempt to connect: null when it succeeded, else what kept it from that.</summary>
    public Task<string?> FirstAttempt => _firstAttempt.Task;

    /// <summary>Sends an action and waits for what becomes of it. Once it is sent it cannot be taken back.</summary>
    /// <param name="action">The action.</param>
    /// <param name="follow">What follows the response.</param>
    /// <param name="actionId">The id by which later events refer to it; null where none do.</param>
    public Task<AmiResult> AskAsync(AmiAction action, AmiFollow follow = AmiFollow.Nothing, string? actionId = null) =>
        _connection is { } connection ? connection.AskAsync(action, follow, actionId) : Task.FromResult(AmiResult.NotSent);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync(CancellationToken stop)
    {
        await Task.Yield();
        var failures = 0;
        try
        {
            while (true)
            {
                if (await ConnectOnceAsync(stop)) failures = 0;
                _firstAttempt.TrySetResult(_problem);
                await Task.Delay(Pause(failures++), _time, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            _problem = "The line is closed.";
        }
        finally
        {
            _signals.Writer.TryComplete();
        }
    }

    // Many gateways that lost the same Asterisk do not come back at once.
    private TimeSpan Pause(int failures)
    {
        var most = _options.FirstPause * Math.Pow(2, Math.Min(failures, 16));
        var pause = most < _options.LongestPause ? most : _options.LongestPause;
        return pause * (RandomNumberGenerator.GetInt32(50, 101) / 100.0);
    }

    // True when it was connected.
    private async Task<bool> ConnectOnceAsync(CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(_options.ConnectTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        try
        {
            await using var connection = new AmiConnection(await AmiTransport.OpenAsync(_server, either.Token), _options, _time, _signals.Writer);
            return await UseAsync(connection, stop);
        }
        catch (AuthenticationException refused)
        {
            _problem = $"Asterisk {_server.Name} does not prove with its certificate that it is {_server.TlsName ?? _server.Host}: {refused.Message} Check the certificate, or add its root.";
        }
        catch (Exception refused) when (refused is SocketException or IOException || (refused is OperationCanceledException && !stop.IsCancellationRequested))
        {
            _problem = $"Asterisk {_server.Name} cannot be reached at {_server.Host}, port {_server.ManagerPort}: check that manager.conf is enabled there, and the firewalls between.";
        }

        return false;
    }

    private async Task<bool> UseAsync(AmiConnection connection, CancellationToken stop)
    {
        var reading = connection.ReadAsync(stop);
        if (await AmiLogin.RunAsync(_server, action => connection.AskAsync(action, AmiFollow.Nothing)) is { } problem)
        {
            connection.Break();
            await reading;
            stop.ThrowIfCancellationRequested();
            _problem = problem;
            return false;
        }

        _problem = null;
        _connection = connection;
        _firstAttempt.TrySetResult(null);
        // Events may have come between the login and now; they are behind this one in importance, not in order: whoever follows looks everything up.
        await _signals.Writer.WriteAsync(new AmiSignal.Connected(), stop);
        var pinging = connection.PingAsync();
        await reading;
        _connection = null;
        _problem = $"The connection to Asterisk {_server.Name} was lost: check that it runs.";
        await pinging;
        stop.ThrowIfCancellationRequested();
        await _signals.Writer.WriteAsync(new AmiSignal.Lost(), stop);
        return true;
    }
}
