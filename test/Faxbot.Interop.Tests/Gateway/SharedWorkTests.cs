using System.Text.Json;
using Faxbot.Testing;
using Faxbot.Testing.Gateway;
using Faxbot.Testing.Peers;

namespace Faxbot.Interop.Tests.Gateway;

/// <summary>Two gateways on one PostgreSQL and one storage folder.</summary>
public sealed class SharedWorkTests
{
    private const int Faxes = 60, LongPages = 3;

    [Fact]
    public async Task When_one_of_two_gateways_is_killed_the_other_resolves_what_it_held_without_a_second_send()
    {
        using var folder = new TempFolder();
        await using var postgres = await PostgresServer.StartAsync();
        (string, string)[] shared =
        [
            ("FAXBOT_DATABASE", await postgres.CreateDatabaseAsync()),
            ("FAXBOT_STORAGE_FOLDER", folder.Of("content")),
            ("FAXBOT_STORAGE_KEY_RING", folder.Of("keys.json")),
        ];
        await using var first = await TrunkGateway.StartAsync(isPaced: true, null, shared);
        var environment = shared.ToDictionary(pair => pair.Item1, pair => (string?)pair.Item2);
        environment["FAXBOT_SIP_BIND"] = "127.0.0.1:0";
        await using var second = await GatewayProcess.StartAsync(Directory.CreateDirectory(folder.Of("second")).FullName, environment, TestContext.Current.CancellationToken);
        using var toSecond = second.Client(first.Process.FirstKey);
        await GatewayProcess.PluginAsync(toSecond, TrunkGateway.Plugin, status => status.GetProperty("state").GetString() == "running");

        // Each takes half of them; half of those are short, so that the others are under way when the short ones have arrived.
        var sent = new List<(string Number, string Id, int Pages)>();
        foreach (var i in Enumerable.Range(0, Faxes))
        {
            var (number, pages) = ($"+1555000{4000 + i}", i % 4 < 2 ? 1 : LongPages);
            sent.Add((number, await TrunkGateway.SendAsync(i % 2 == 0 ? first.Client : toSecond, number, pages), pages));
        }

        foreach (var fax in sent.Where(fax => fax.Pages == 1)) await first.WaitAsync(fax.Id, "success");
        await second.KillAsync();

        var states = new Dictionary<string, int>();
        foreach (var (number, id, whole) in sent)
        {
            var fax = await first.WaitAsync(id, "success", "failed", "unknown");
            var state = fax.GetProperty("state").GetString()!;
            states[state] = states.GetValueOrDefault(state) + 1;
            var pages = first.Trunk.CallsTo(number).Sum(call => call.Pages);
            Assert.InRange(pages, state == "success" ? whole : 0, whole);
        }

        TestContext.Current.TestOutputHelper?.WriteLine(JsonSerializer.Serialize(states));
        Assert.False(states.ContainsKey("failed"));
        // It had some in its hands, and only what it had is in doubt.
        Assert.InRange(states.GetValueOrDefault("unknown"), 1, Faxes / 2);
    }
}
