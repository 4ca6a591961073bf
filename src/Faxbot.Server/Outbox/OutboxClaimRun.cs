using System.Data.Common;
using Dapper;
using Faxbot.Sdk.Outcomes;
using Faxbot.Server.Plugins;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Outbox;

/// <summary>One claim in its transaction; when that is run again, another of these does it.</summary>
internal sealed class OutboxClaimRun(
    DbTransaction transaction, SqlDialect dialect, IReadOnlyDictionary<string, Landscape> landscapes, string gateway, TimeSpan lease, DateTimeOffset now)
{
    private readonly Dictionary<string, Counter> _rooms = [];

    public DateTimeOffset Now => now;

    /// <summary>The attempts that are begun when the transaction is committed.</summary>
    public List<BegunAttempt> Begun { get; } = [];

    /// <summary>The items that ended instead.</summary>
    public List<OutboxRow> Refused { get; } = [];

    /// <summary>Looks at the next ready items.</summary>
    /// <returns>Whether there may be more: some stepped behind what they wait for.</returns>
    public async Task<bool> RoundAsync(int most)
    {
        var words = landscapes.Keys.ToArray();
        var rows = (await transaction.Connection!.QueryAsync<OutboxRow>(
            $"select * from outbox where state = 'queued' and turn = 'ready' and kind {dialect.In("words")} order by due_at, id limit @most {dialect.SkipLocked}", new { most, words }, transaction)).AsList();
        var waiting = 0;
        foreach (var ofKind in rows.GroupBy(row => row.Kind))
        {
            var landscape = landscapes[ofKind.Key];
            var items = ofKind.Select(row => (Row: row, Item: row.ToItem())).ToArray();
            var refusals = await landscape.Kind.RefuseAsync(transaction, [.. items.Select(one => one.Item)]);
            foreach (var (row, item) in items)
            {
                if (refusals.TryGetValue(item.Id, out var refusal)) await FailAsync(row, refusal);
                else if (!await BeginAsync(landscape, row, item)) waiting++;
            }
        }

        return waiting > 0;
    }

    /// <summary>Notes what the plugins were given.</summary>
    public async Task FinishAsync()
    {
        foreach (var counter in _rooms.Values) await OutboxPace.TakeAsync(transaction, counter.Backend, counter.Room, counter.Taken, now);
    }

    private async Task<bool> BeginAsync(Landscape landscape, OutboxRow row, OutboxItem item)
    {
        var route = OutboxRoute.For(item.To.Value, item.Options.PluginId, item.Plan, landscape.Routes, landscape.Backends);
        if (route.AllPassedOver)
        {
            await StartAnewAsync(landscape.Kind.Rules, row, item);
            return false;
        }

        foreach (var backend in route.Backends)
        {
            if (!await TakeRoomAsync(backend)) continue;
            await BeginAsync(landscape.Kind, row, item, backend);
            return true;
        }

        if (route.Backends.Count == 0) row.SetOutcome(NoPlugin);
        (row.Turn, row.WaitsFor) = (OutboxTurn.Plugin, route.WaitsFor);
        await row.SaveAsync(transaction);
        return false;
    }

    private async Task BeginAsync(IOutboxKind kind, OutboxRow row, OutboxItem item, IPluginBackend backend)
    {
        row.Turn = OutboxTurn.Later;
        (row.LeaseOwner, row.LeaseUntil, row.LeaseNumber) = (gateway, (now + lease).ToUnixTimeMilliseconds(), row.LeaseNumber + 1);
        (row.PluginId, row.ProviderId, row.Attempts) = (backend.Pin.PluginId, null, row.Attempts + 1);
        await OutboxMove.StepAsync(transaction, dialect, row, OutboxStep.Submit, now);
        var attempt = await OutboxAttemptRow.BeginAsync(transaction, row, backend.Pin, now);
        Begun.Add(new BegunAttempt(kind, item, row.Content, attempt.ToAttempt(), backend));
    }

    // Each that is ready has failed it: all are a choice again, after a pause that grows.
    private async Task StartAnewAsync(OutboxRules rules, OutboxRow row, OutboxItem item)
    {
        if (item.Plan.Rounds >= rules.MostRounds)
        {
            await FailAsync(row, (item.Outcome ?? NoPlugin) with { Next = "All routes failed, again and again. See what they said, then send it again." });
            return;
        }

        row.SetPlan(new OutboxPlan { Rounds = item.Plan.Rounds + 1 });
        (row.Turn, row.DueAt) = (OutboxTurn.Later, (now + (rules.RoundPause * Math.Pow(2, item.Plan.Rounds))).ToUnixTimeMilliseconds());
        await row.SaveAsync(transaction);
    }

    private async Task FailAsync(OutboxRow row, OutboxOutcome outcome)
    {
        row.SetOutcome(outcome);
        await OutboxMove.StepAsync(transaction, dialect, row, OutboxStep.Fail, now, new { outcome.Class, outcome.Party });
        Refused.Add(row);
    }

    private async Task<bool> TakeRoomAsync(IPluginBackend backend)
    {
        if (!_rooms.TryGetValue(backend.Pin.PluginId, out var counter))
            _rooms[backend.Pin.PluginId] = counter = new Counter(backend, await OutboxPace.LookAsync(transaction.Connection!, transaction, dialect, backend, now));
        if (counter.Taken >= counter.Room.Free) return false;
        counter.Taken++;
        return true;
    }

    private static OutboxOutcome NoPlugin { get; } = OutboxOutcome.Local("No plugin that may carry it is ready.") with
    {
        Party = OutcomeParty.Trunk,
        Next = "It waits until one is ready. Enable a plugin or change the routes.",
    };

    private sealed class Counter(IPluginBackend backend, PluginRoom room)
    {
        public IPluginBackend Backend => backend;

        public PluginRoom Room => room;

        public int Taken { get; set; }
    }
}
