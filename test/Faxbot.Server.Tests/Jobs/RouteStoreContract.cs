using Faxbot.Server.Jobs;
using Faxbot.Server.Tests.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Faxbot.Server.Tests.Jobs;

/// <summary>What the table of routes does, alike on each kind of store.</summary>
public abstract class RouteStoreContract(StoreUnderTest store)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Routes_are_added_changed_and_deleted_and_read_in_order()
    {
        var routes = new RouteStore(await store.OpenEmptyAsync(), new JobSignal(), new FakeTimeProvider());
        var late = await routes.AddAsync(new RouteRule("+1", "b", 2) { Cost = 7, Enabled = false }, Cancel);
        var early = await routes.AddAsync(new RouteRule("+1", "a", 1), Cancel);
        Assert.Equal([early, late], await routes.ListAsync(Cancel));

        Assert.True(await routes.ChangeAsync(late.Id, new RouteRule("", "c", 0), Cancel));
        Assert.True(await routes.DeleteAsync(early.Id, Cancel));

        Assert.Equal([late with { Rule = new RouteRule("", "c", 0) }], await routes.ListAsync(Cancel));
        Assert.False(await routes.ChangeAsync(early.Id, early.Rule, Cancel));
        Assert.False(await routes.DeleteAsync(early.Id, Cancel));
    }

    [Fact]
    public async Task A_change_of_routes_begins_a_round()
    {
        var signal = new JobSignal();
        var routes = new RouteStore(await store.OpenEmptyAsync(), signal, new FakeTimeProvider());
        var changed = signal.Next;

        await routes.AddAsync(new RouteRule("", "a", 0), Cancel);

        Assert.True(changed.IsCompleted);
    }
}
