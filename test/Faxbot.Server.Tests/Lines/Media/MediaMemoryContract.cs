using Faxbot.Sdk.Numbers;
using Faxbot.Server.Lines.Media;
using Faxbot.Server.Tests.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Faxbot.Server.Tests.Lines.Media;

/// <summary>What the memory of media does, alike on each kind of store.</summary>
public abstract class MediaMemoryContract(StoreUnderTest store)
{
    private static readonly PhoneNumber Number = new("+12065550100");
    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-11-01T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_learnt_is_found_by_number_and_trunk()
    {
        var memory = new MediaMemory(await store.OpenEmptyAsync(), _time);
        var known = new MediaKnowledge { SwitchedBy = MediaSwitch.FarEnd, FirstOfferRefused = true, Ecm = false, BitRate = 9600, GoodCalls = 2 };
        await memory.LearnAsync(Number, "a", new MediaKnowledge(), Cancel);
        await memory.LearnAsync(Number, "a", known, Cancel);

        Assert.Equal(known, await memory.FindAsync(Number, "a", Cancel));
        Assert.Equal(new MediaKnowledge(), await memory.FindAsync(Number, "b", Cancel));
        Assert.Equal(known, Assert.Single(await memory.ListAsync(Number, 10, Cancel)).Known);
    }

    [Fact]
    public async Task It_forgets_in_time_and_when_told()
    {
        var memory = new MediaMemory(await store.OpenEmptyAsync(), _time);
        await memory.LearnAsync(Number, "a", new MediaKnowledge { BitRate = 4800 }, Cancel);
        _time.Advance(MediaMemory.Lifetime);

        Assert.Equal(new MediaKnowledge(), await memory.FindAsync(Number, "a", Cancel));
        await memory.LearnAsync(Number, "b", new MediaKnowledge { BitRate = 9600 }, Cancel);

        Assert.Equal("b", Assert.Single(await memory.ListAsync(null, 10, Cancel)).Trunk);
        Assert.Equal(1, await memory.ForgetAsync(Number, Cancel));
        Assert.Empty(await memory.ListAsync(null, 10, Cancel));
    }
}
