using Faxbot.Sdk.Numbers;
using Faxbot.Server.Lines.Media;
using Faxbot.Server.Tests.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Faxbot.Server.Tests.Lines.Media;

/// <summary>What the memory of media does, alike on each kind of store.</summary>
public abstract class MediaMemoryContract(StoreUnderTest store)
{
    private static readonly PhoneNumber Number = new("+12065550100");
    private static readonly MediaParty Called = new(Number, "a", MediaDirection.Outbound), Caller = Called with { Direction = MediaDirection.Inbound };
    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-11-01T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_learnt_is_found_by_number_trunk_and_direction()
    {
        var memory = new MediaMemory(await store.OpenEmptyAsync(), _time);
        var known = new MediaKnowledge { SwitchedBy = MediaSwitch.FarEnd, FirstOfferRefused = true, Ecm = false, BitRate = 9600, GoodCalls = 2 };
        await memory.LearnAsync(Called, new MediaKnowledge(), Cancel);
        await memory.LearnAsync(Called, known, Cancel);

        Assert.Equal(known, await memory.FindAsync(Called, Cancel));
        Assert.Equal(new MediaKnowledge(), await memory.FindAsync(Called with { Trunk = "b" }, Cancel));
        Assert.Equal(new MediaKnowledge(), await memory.FindAsync(Caller, Cancel));
        Assert.Equal((Called, known), Assert.Single((await memory.ListAsync(Number, 10, Cancel)).Select(row => (row.Party, row.Known))));
    }

    [Fact]
    public async Task It_forgets_in_time_and_when_told()
    {
        var memory = new MediaMemory(await store.OpenEmptyAsync(), _time);
        await memory.LearnAsync(Called, new MediaKnowledge { BitRate = 4800 }, Cancel);
        _time.Advance(MediaMemory.Lifetime);

        Assert.Equal(new MediaKnowledge(), await memory.FindAsync(Called, Cancel));
        await memory.LearnAsync(Called with { Trunk = "b" }, new MediaKnowledge { BitRate = 9600 }, Cancel);

        Assert.Equal("b", Assert.Single(await memory.ListAsync(null, 10, Cancel)).Party.Trunk);
        Assert.Equal(1, await memory.ForgetAsync(Number, Cancel));
        Assert.Empty(await memory.ListAsync(null, 10, Cancel));
    }

    [Fact]
    public async Task Who_calls_is_known_at_once_after_a_restart_too_and_until_it_is_forgotten()
    {
        var database = await store.OpenEmptyAsync();
        var known = new MediaKnowledge { SwitchedBy = MediaSwitch.Us, Ecm = true, BitRate = 9600, GoodCalls = 1 };
        var memory = new MediaMemory(database, _time);
        await memory.LearnAsync(Called, new MediaKnowledge { BitRate = 2400 }, Cancel);
        await memory.LearnAsync(Caller, known, Cancel);
        Assert.Equal(known, memory.Callers.Find(Number, "a"));

        var restarted = new MediaMemory(database, _time);
        Assert.Equal(new MediaKnowledge(), restarted.Callers.Find(Number, "a"));
        await restarted.LoadCallersAsync(Cancel);

        Assert.Equal(known, restarted.Callers.Find(Number, "a"));
        Assert.Equal(new MediaKnowledge(), restarted.Callers.Find(Number, "b"));
        Assert.Equal(2, await restarted.ForgetAsync(Number, Cancel));
        Assert.Equal(new MediaKnowledge(), restarted.Callers.Find(Number, "a"));
    }
}
