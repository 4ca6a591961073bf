using Faxbot.Server.Jobs;
using Faxbot.Server.Plugins;
using Faxbot.Server.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Faxbot.Server.Tests.Jobs;

/// <summary>All of a gateway that dispatches faxes, over a test's rows and plugins.</summary>
internal sealed class GatewayUnderTest : IDisposable
{
    private readonly IFaxBackends _backends;
    private readonly FaxDispatch _dispatch;
    private readonly ILoggerFactory _loggers;

    public GatewayUnderTest(
        Database database, TimeProvider time, IFaxBackends backends, RetryPolicy? retries = null, QuietHours? quiet = null, DispatchOptions? options = null,
        ILoggerFactory? loggers = null)
    {
        retries ??= new RetryPolicy();
        loggers ??= NullLoggerFactory.Instance;
        _loggers = loggers;
        Options = options ?? new DispatchOptions();
        Time = time;
        Ledger = new AttemptLedger(database, Signal, time, retries, loggers.CreateLogger<AttemptLedger>());
        Jobs = new JobStore(database, Signal, time, loggers.CreateLogger<JobStore>());
        Routes = new RouteStore(database, Signal, time);
        var queue = new JobQueue(database, Signal, time, loggers.CreateLogger<JobQueue>());
        var watch = new AttemptWatch(Ledger, backends, Options, time, loggers.CreateLogger<AttemptWatch>());
        var submission = new FaxSubmission(Ledger, watch, Options, loggers.CreateLogger<FaxSubmission>());
        _backends = backends;
        _dispatch = new FaxDispatch(database, queue, Routes, backends, Preparer, submission, retries, quiet ?? new QuietHours(), Options, time);
        var recovery = new LeaseRecovery(database, Ledger, watch, Signal, Options, time, loggers.CreateLogger<LeaseRecovery>());
        var trunks = new TrunkWakes(database, queue, Routes, backends, time);
        Pump = new DispatchPump(database, queue, _dispatch, watch, recovery, trunks, Signal, Options, time, loggers.CreateLogger<DispatchPump>());
    }

    public DispatchOptions Options { get; }

    public TimeProvider Time { get; }

    public JobSignal Signal { get; } = new();

    public ScriptedPreparer Preparer { get; } = new();

    public AttemptLedger Ledger { get; }

    public JobStore Jobs { get; }

    public RouteStore Routes { get; }

    public DispatchPump Pump { get; }

    public Dispatcher Dispatcher() => new(Pump, _backends, Time, _loggers.CreateLogger<Dispatcher>());

    /// <summary>Rounds until nothing is left to be done at this instant.</summary>
    /// <returns>When there is next.</returns>
    public async Task<DateTimeOffset> RunAsync()
    {
        for (var left = 1000; left > 0; left--)
        {
            var changed = Signal.Next;
            var next = await Pump.RoundAsync(begins: true, CancellationToken.None);
            await Pump.SettleAsync();
            if (!changed.IsCompleted && next > Time.GetUtcNow()) return next;
        }

        throw new InvalidOperationException("The gateway does not come to rest.");
    }

    public void Dispose()
    {
        Pump.Dispose();
        _dispatch.Dispose();
    }
}
