using Faxbot.Sdk.Numbers;
using Faxbot.Server.Jobs;

namespace Faxbot.Server.Tests.Jobs;

public sealed class RouteChoiceTests
{
    private static readonly ScriptedBackend A = new("a");
    private static readonly ScriptedBackend B = new("b");
    private static readonly ScriptedBackend Broken = new("broken") { IsReady = false };

    [Fact]
    public void The_longest_prefix_that_fits_decides_and_no_other() =>
        Assert.Equal("b", Choose("+12125550100", [new("", "a", 0), new("+1212", "b", 9), new("+44", "a", 0)]));

    [Fact]
    public void The_lowest_rank_then_the_lowest_cost_is_taken()
    {
        Assert.Equal("b", Choose("+1", [new("", "a", 2), new("", "b", 1) { Cost = 9 }]));
        Assert.Equal("b", Choose("+1", [new("", "a", 1) { Cost = 3 }, new("", "b", 1) { Cost = 2 }]));
    }

    [Fact]
    public void One_that_is_not_ready_or_not_enabled_is_left_out()
    {
        Assert.Equal("a", Choose("+1", [new("", "broken", 0), new("", "gone", 1), new("", "b", 2) { Enabled = false }, new("", "a", 3)]));
        Assert.Equal("broken", For("+1", [new("", "broken", 0)]).Awaited);
    }

    [Fact]
    public void Without_routes_any_plugin_carries_it_in_a_stable_order()
    {
        Assert.Equal("a", First(RouteChoice.For(Fax("+1"), [], [B, Broken, A])));
        Assert.Equal(Nothing, Told(RouteChoice.For(Fax("+1"), [], [])));
    }

    [Fact]
    public void Without_routes_the_sandbox_carries_what_no_other_plugin_could()
    {
        var sandbox = new ScriptedBackend(RouteChoice.Sandbox);

        Assert.Equal(RouteChoice.Sandbox, First(RouteChoice.For(Fax("+1"), [], [sandbox])));
        Assert.Equal(["h"], RouteChoice.For(Fax("+1"), [], [sandbox, new ScriptedBackend("h")]).Backends.Select(backend => backend.Pin.PluginId));
        // What could go out later is not taken for sent.
        Assert.Equal(Nothing with { Awaited = "broken" }, Told(RouteChoice.For(Fax("+1"), [], [sandbox, Broken])));
        Assert.Equal(RouteChoice.Sandbox, First(RouteChoice.For(Fax("+1"), Rules([new("", RouteChoice.Sandbox, 0)]), [sandbox, A])));
        Assert.Equal(RouteChoice.Sandbox, First(RouteChoice.For(Fax("+1") with { Options = new JobOptions { PluginId = RouteChoice.Sandbox } }, [], [sandbox, A])));
    }

    [Fact]
    public void A_number_that_no_route_takes_waits_for_any() =>
        Assert.Equal(Nothing, Told(For("+1", [new("+44", "a", 0)])));

    [Fact]
    public void Plugins_that_failed_are_passed_over_while_there_is_another()
    {
        var passedOver = Fax("+1") with { Plan = new AttemptPlan { PassedOver = ["a"] } };

        Assert.Equal("b", First(RouteChoice.For(passedOver, [], [A, B])));
        Assert.True(RouteChoice.For(passedOver, [], [A]).AllPassedOver);
        Assert.True(RouteChoice.For(passedOver, [], [A, Broken]).AllPassedOver);
    }

    [Fact]
    public void The_plugin_that_the_owner_names_carries_it_or_nobody()
    {
        var named = Fax("+1") with { Options = new JobOptions { PluginId = "b" } };

        Assert.Equal("b", First(RouteChoice.For(named, Rules([new("", "a", 0)]), [A, B])));
        Assert.Equal(Nothing with { Awaited = "b" }, Told(RouteChoice.For(named, [], [A])));
    }

    [Fact]
    public void Those_behind_the_first_stand_in_for_it_in_their_order()
    {
        var choice = For("+1", [new("", "b", 0), new("", "broken", 1), new("", "a", 2), new("", "b", 3)]);

        Assert.Equal(["b", "a"], choice.Backends.Select(backend => backend.Pin.PluginId));
    }

    private static (int Backends, bool AllPassedOver, string? Awaited) Nothing => (0, false, null);

    private static (int Backends, bool AllPassedOver, string? Awaited) Told(RouteChoice choice) => (choice.Backends.Count, choice.AllPassedOver, choice.Awaited);

    private static string? First(RouteChoice choice) => choice.Backends.Count > 0 ? choice.Backends[0].Pin.PluginId : null;

    private static string? Choose(string to, RouteRule[] rules) => First(For(to, rules));

    private static RouteChoice For(string to, RouteRule[] rules) => RouteChoice.For(Fax(to), Rules(rules), [A, B, Broken]);

    private static Route[] Rules(RouteRule[] rules) => [.. rules.Select((rule, i) => new Route($"r{i}", rule, DateTimeOffset.UnixEpoch))];

    private static FaxJob Fax(string to) => new()
    {
        Id = "f", KeyId = "k", To = new PhoneNumber(to), Document = "d", MediaType = "m", Options = new JobOptions(), State = JobState.Preparing,
        DueAt = DateTimeOffset.UnixEpoch, CreatedAt = DateTimeOffset.UnixEpoch, UpdatedAt = DateTimeOffset.UnixEpoch,
    };
}
