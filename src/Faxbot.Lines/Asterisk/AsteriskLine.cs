using System.Collections.Concurrent;
using Faxbot.Lines.Asterisk.Calls;
using Faxbot.Lines.Asterisk.Messages;
using Faxbot.Lines.Asterisk.Servers;
using Faxbot.Sdk.Outcomes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Faxbot.Lines.Asterisk;

/// <summary>
/// The line that goes over an Asterisk: calls are originated over its manager interface, <c>SendFAX</c> speaks T.30, and the events of the channel
/// tell what happens. Servers are kept connected from <see cref="Open"/> on. Thread-safe.
/// </summary>
public sealed class AsteriskLine : IAsyncDisposable
{
    private readonly AsteriskLineOptions _options;
    private readonly TimeProvider _time;
    private readonly ServerPool _pool;
    private readonly ConcurrentDictionary<string, FaxCall> _calls = new();
    private readonly Lock _gate = new();
    private bool _disposed;

    private AsteriskLine(AsteriskLineOptions options, TimeProvider time, AsteriskReceiver? receiver, ILogger logger)
    {
        (_options, _time) = (options, time);
        _pool = new ServerPool([.. options.Servers.Select(server => new ServerLink(server, options, receiver, time, logger))], time);
    }

    /// <summary>How the servers do.</summary>
    public IReadOnlyList<AsteriskServerStatus> Servers => [.. _pool.Links.Select(link => link.Status)];

    /// <summary>Begins to connect the servers.</summary>
    /// <param name="options">The servers.</param>
    /// <param name="time">The clock.</param>
    /// <param name="receiver">Takes faxes and messages that come in; null leaves them with Asterisk.</param>
    /// <param name="logger">Told of servers that come and go; null tells nobody.</param>
    /// <exception cref="ArgumentException">There is no server, or two have the same name.</exception>
    public static AsteriskLine Open(AsteriskLineOptions options, TimeProvider time, AsteriskReceiver? receiver = null, ILogger<AsteriskLine>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Servers.Count == 0) throw new ArgumentException("A line over Asterisk has at least one server.", nameof(options));
        if (options.Servers.DistinctBy(server => server.Name).Count() < options.Servers.Count) throw new ArgumentException("Two servers have the same name.", nameof(options));
        return new AsteriskLine(options, time, receiver, logger ?? NullLogger<AsteriskLine>.Instance);
    }

    /// <summary>Places a call; it is under way when this returns.</summary>
    /// <param name="fax">
    /// The fax. Its <see cref="OutboundFax.Reference"/> is the id of the attempt, by which the call is found again: it must not be empty, and has letters,
    /// digits, dots, hyphens and underscores.
    /// </param>
    /// <param name="endpoint">The PJSIP endpoint of the trunk. It writes no caller headers itself (<c>send_pai = no</c>, <c>send_rpid = no</c>).</param>
    /// <exception cref="ArgumentException">The reference or the endpoint has other characters, or the attempt has a call already.</exception>
    public FaxCall Originate(OutboundFax fax, string endpoint)
    {
        ArgumentNullException.ThrowIfNull(fax);
        if (!Origination.IsId(fax.Reference)) throw new ArgumentException("The reference has other characters than letters, digits, dots, hyphens and underscores.", nameof(fax));
        if (!Origination.IsId(endpoint)) throw new ArgumentException("The endpoint has other characters than letters, digits, dots, hyphens and underscores.", nameof(endpoint));
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_calls.ContainsKey(fax.Reference)) throw new ArgumentException("The attempt has a call already.", nameof(fax));
            return Track(fax.Reference, new FaxCall(_time, (running, cancel) => new Placing(_pool, _options, _time, fax, endpoint, running).RunAsync(cancel)));
        }
    }

    /// <summary>
    /// Finds what became of the call of an attempt that an earlier life of this program placed, or whose connection was lost. A call that is up is
    /// followed again. The answer is the same however often it is asked for, until <see cref="ForgetAsync"/>.
    /// </summary>
    /// <param name="attemptId">The attempt.</param>
    /// <param name="placed">When it was placed, by this machine's clock.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<FoundCall> FindAsync(string attemptId, DateTimeOffset placed, CancellationToken cancel)
    {
        if (!Origination.IsId(attemptId)) return new FoundCall.NeverPlaced();
        if (_calls.TryGetValue(attemptId, out var followed)) return new FoundCall.Running(followed);
        return await new Finding(_pool, _time).RunAsync(attemptId, placed, (link, alive) => Follow(link, attemptId, alive), cancel);
    }

    /// <summary>Deletes Asterisk's record and the pages of an attempt, whose outcome is stored elsewhere now. A server that is not connected keeps its record.</summary>
    public async Task ForgetAsync(string attemptId, CancellationToken cancel)
    {
        if (!Origination.IsId(attemptId)) return;
        await Task.WhenAll(_pool.Links.Select(link => link.ForgetAsync(attemptId))).WaitAsync(cancel);
    }

    /// <summary>Hands a text message to Asterisk (SIP MESSAGE).</summary>
    public Task<TextHandOver> SendMessageAsync(OutboundText message, CancellationToken cancel) => new TextSending(_pool, _options.ConnectPatience).RunAsync(message, cancel);

    /// <summary>
    /// Lets the servers go. Calls that are up go on in Asterisk: whoever wants to end them cancels them first; their <see cref="FaxCall"/> ends as
    /// unknown, and <see cref="FindAsync"/> of the next line finds them.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
        }

        await Task.WhenAll(_pool.Links.Select(link => link.DisposeAsync().AsTask()));
        Task all = Task.WhenAll(_calls.Values.Select(call => call.Completion));
        // A call that broke has told its owner; the line closes all the same.
        await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // Whoever asks twice at once gets the same call.
    private FaxCall Follow(ServerLink link, string attemptId, CallTrace.Alive alive)
    {
        lock (_gate)
        {
            return _calls.TryGetValue(attemptId, out var followed) ? followed : Track(attemptId, new FaxCall(_time, (call, cancel) => FollowAsync(link, attemptId, alive, call, cancel)));
        }
    }

    private async Task<FaxOutcome> FollowAsync(ServerLink link, string attemptId, CallTrace.Alive alive, FaxCall call, CancellationToken cancel)
    {
        using var feed = link.Follow(attemptId);
        var terms = new CallTerms
        {
            PagesTotal = alive.PagesTotal,
            FirstPage = alive.FirstPage,
            MaxDuration = _options.MaxCallDuration,
            NoFaxAfter = _options.NoFaxAfter,
            ReconnectPatience = _options.ReconnectPatience,
        };
        var machine = CallMachine.ToFollow(terms, alive, _time.GetUtcNow());
        // What happened between the look and now nobody told: it is looked again.
        var running = new AsteriskCall(link, feed, machine, call, alive.PagesTotal, _time);
        var outcome = await running.RunAsync(new CallInput.ConnectionBack(), cancel);
        if (!running.MayGoOn) link.Folder.Delete(attemptId);
        return outcome;
    }

    private FaxCall Track(string attemptId, FaxCall call)
    {
        _calls[attemptId] = call;
        _ = call.Completion.ContinueWith(
            _ => _calls.TryRemove(new KeyValuePair<string, FaxCall>(attemptId, call)), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return call;
    }
}
