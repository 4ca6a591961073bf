using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Numbers;
using Faxbot.Server.Configuration;
using Faxbot.Server.Content;
using Faxbot.Server.Jobs;
using Faxbot.Server.Messages;
using Faxbot.Server.Outbox;
using Faxbot.Server.Storage;
using Faxbot.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Faxbot.Server.Tests.Outbox;

/// <summary>All of a gateway that sends messages, over a test's rows and plugins, in virtual time.</summary>
internal sealed class OutboxUnderTest : IDisposable
{
    private readonly TempFolder _folder = new();

    public OutboxUnderTest(Database database, FakeTimeProvider time, ScriptedPlugins plugins, SecretBox? seal = null, OutboxWork? work = null)
    {
        work ??= new OutboxWork();
        (Database, Time) = (database, time);
        Seal = seal ?? new SecretBox(KeyRing.Open(new StorageOptions { KeyRing = _folder.Of("keys.json") }, time));
        var jobs = new JobSignal();
        Signal = new OutboxSignal(jobs);
        var kinds = new OutboxKinds([new MessageKind(database, new MessageOptions())]);
        Routes = new RouteStore(database, jobs, time);
        Ledger = new OutboxLedger(database, kinds, Signal, time, NullLogger<OutboxLedger>.Instance);
        Store = new OutboxStore(database, Seal, Signal, time, NullLogger<OutboxStore>.Instance);
        Events = new JobStore(database, jobs, time, NullLogger<JobStore>.Instance);
        var queue = new OutboxQueue(database, time);
        var claim = new OutboxClaim(database, kinds, Routes, plugins, Signal, time, NullLogger<OutboxClaim>.Instance);
        var handOver = new OutboxHandOver(Seal, queue, Ledger, NullLogger<OutboxHandOver>.Instance);
        var watch = new OutboxWatch(database, kinds, Ledger, plugins, work, time, NullLogger<OutboxWatch>.Instance);
        Pump = new OutboxPump(database, queue, claim, handOver, watch, new OutboxWakes(database, queue, kinds, Routes, plugins, time), Signal, work, time, NullLogger<OutboxPump>.Instance);
    }

    public Database Database { get; }

    public FakeTimeProvider Time { get; }

    public SecretBox Seal { get; }

    public OutboxSignal Signal { get; }

    public RouteStore Routes { get; }

    public OutboxLedger Ledger { get; }

    public OutboxStore Store { get; }

    public JobStore Events { get; }

    public OutboxPump Pump { get; }

    public async Task<OutboxItem> AcceptAsync(string to = "+15550100", string text = "Hello", Func<NewOutboxItem, NewOutboxItem>? change = null)
    {
        var item = new NewOutboxItem { Kind = MessageKind.Message, KeyId = "k1", To = new PhoneNumber(to), Content = MessageKind.ContentOf(text) };
        return (await Store.AcceptAsync(change?.Invoke(item) ?? item, CancellationToken.None)).Item;
    }

    public async Task<OutboxItem> FindAsync(string id) => (await Store.FindAsync(MessageKind.Message, id, null, CancellationToken.None))!;

    public Task<bool> ReportAsync(string pluginId, string providerId, MessageState state) =>
        Ledger.ReportAsync(pluginId, null, providerId, MessageKind.ReportOf(new MessageStatus { State = state }), CancellationToken.None);

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

        throw new InvalidOperationException("The outbox does not come to rest.");
    }

    /// <summary>The same at each instant at which there is something to be done, for so long.</summary>
    public async Task RunForAsync(TimeSpan span)
    {
        var end = Time.GetUtcNow() + span;
        while (await RunAsync() is var next && next < end) Time.SetUtcNow(next);
        Time.SetUtcNow(end);
        await RunAsync();
    }

    public void Dispose()
    {
        Pump.Dispose();
        _folder.Dispose();
    }
}
