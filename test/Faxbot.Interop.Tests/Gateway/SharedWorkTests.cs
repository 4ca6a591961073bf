using System.Net.Http.Json;
using System.Text.Json;
using Faxbot.CrashSoak;

namespace Faxbot.Interop.Tests.Gateway;

/// <summary>Two gateways on one PostgreSQL and one storage folder; <c>./faxbot soak shared</c> waits also for what was being sent when one was killed.</summary>
public sealed class SharedWorkTests
{
    private const int Faxes = 16;

    [Fact]
    public async Task When_one_of_two_gateways_is_killed_the_other_sends_what_was_not_called_yet_and_nothing_twice()
    {
        await using var pair = await GatewayPair.StartAsync(isPaced: false);
        var sent = new Dictionary<string, string>();
        for (var i = 0; i < Faxes; i++) sent[$"+1555000{4000 + i}"] = await TrunkGateway.SendAsync(pair.ToSecond, $"+1555000{4000 + i}", 1);
        await pair.First.WaitAsync(sent.Values.First(), "success");
        await pair.Second.KillAsync();
        var uncalled = new List<string>();
        foreach (var (number, id) in sent)
        {
            if ((await pair.First.Client.GetFromJsonAsync<JsonElement>($"/fax/{id}", TestContext.Current.CancellationToken)).GetProperty("dials").GetInt32() == 0) uncalled.Add(number);
        }

        foreach (var number in uncalled) await pair.First.WaitAsync(sent[number], "success");

        Assert.NotEmpty(uncalled);
        Assert.All(sent.Keys, number => Assert.InRange(pair.First.Trunk.CallsTo(number).Count, 0, 1));
        Assert.All(uncalled, number => Assert.Equal([1], pair.First.Trunk.CallsTo(number).Select(call => call.Pages)));
    }
}
