using Faxbot.Server.Jobs;
using Faxbot.Server.Storage;
using Faxbot.Server.Plugins;
using Microsoft.Extensions.Logging.Abstractions;

namespace Faxbot.Server.Tests.Jobs;

/// <summary>All of a gateway that dispatches faxes, over a test's rows and plugins.</summary>
internal sealed class GatewayUnderTest : IDisposable
{
    private readonly FaxDispatch _dispatch;

    public GatewayUnderTest(
        Database database, TimeProvider time, IFaxBackends backends, RetryPolicy? retries = null, QuietHours? quiet = null, DispatchOptions? options = null)
    {
        retries ??= new RetryPolicy();
        Options = options ?? new DispatchOptions();
        Time = time;
        Ledger = new AttemptLedger(database, Signal, time, retries, NullLogger<AttemptLedger>.Instance);
        Jobs = new JobStore(database, Signal, time, NullLogger<JobStore>.Instance);
        Routes = new RouteStore(database, Signal, time);
        var queue = new JobQueue(database, Signal, time, NullLogger<JobQueue>.Instance);
        var watch = new AttemptWatch(Ledger, backends, Options, time, NullLogger<AttemptWatch>.Instance);
        var submission = new FaxSubmission(Ledger, watch, Options, NullLogger<FaxSubmission>.Instance);
        _dispatch = new FaxDispatch(database, queue, Routes, backends, Preparer, submission, retries, quiet ?? new QuietHours(), Options, time);
        var recovery = new LeaseRecovery(database, Ledger, watch, Signal, Options, time, NullLogger<LeaseRecovery>.Instance);
        var trunks = new TrunkWakes(database, queue, Routes, backends, time);
        Pump = new DispatchPump(database, queue, _dispatch, watch, recovery, trunks, Signal, Options, time, NullLogger<DispatchPump>.Instance);
    }

    public DispatchOptions Options { get; }

    public TimeProvider Time { get; }

    public JobSignal Signal { get; } = new();

    public ScriptedPreparer Preparer { get; } = new();

    public AttemptLedger Ledger { get; }

    public JobStore Jobs { get; }

    public RouteStore Routes { get; }

    public DispatchPump Pump { get; }

    public Dispatcher Dispatcher() => new(Pump, Signal, Options, Time, NullLogger<Dispatcher>.Instance);

    /// <summary>Rounds until nothing is left to be done at this instant.</summary>
    /// <returns>When there is next.</returns>
    public async Task<DateTimeOffset> RunAsync()
    {
        for (var left = 1000; left > 0; left--)
        {
            var changed = Signal.Next;
            var next = await Pump.RoundAsync(claims: true, CancellationToken.None);
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
