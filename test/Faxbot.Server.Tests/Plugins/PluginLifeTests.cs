using System.Text.Json.Nodes;
using Faxbot.Sdk.Plugins;
using Faxbot.Server.Plugins;
using Faxbot.Server.Plugins.Settings;

namespace Faxbot.Server.Tests.Plugins;

/// <summary>Start, stop, change and upgrade while the gateway runs.</summary>
public sealed class PluginLifeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_fax_is_sent_and_its_document_crosses_as_a_handle()
    {
        await using var bench = await PluginBench.RunAsync("none");

        var sent = await bench.Backend().SendFaxAsync(PluginBench.Fax, Cancel);

        Assert.Equal(("attempt", PluginBench.PluginId, 0.07m), (sent.ProviderId, sent.Backend, sent.EstimatedCost!.Amount));
        Assert.Equal("faxbot-test pdf document", await bench.Services.NextAsync());
        Assert.Equal(new PluginPin(PluginBench.PluginId, "1.0.0", 1), bench.Backend().Pin);
        Assert.Equal(new BackendLimits(2, 0.5), bench.Backend().Limits);
        Assert.Single(bench.Fleet.All);
    }

    [Fact]
    public async Task A_plugin_that_crashes_at_its_start_blows_its_fuse_and_new_settings_put_it_in_again()
    {
        await using var bench = await PluginBench.OpenAsync(limits: new PluginLimits { FuseCrashes = 3 });
        await bench.EnableAsync("crash_at_start");

        var fused = await bench.WhenAsync(status => status.State == PluginState.Fused);

        Assert.Equal(3, fused.Crashes);
        Assert.Contains("It ended by itself with exit code 7.", fused.Reason, StringComparison.Ordinal);
        Assert.False(bench.Backend().IsReady);
        Assert.False((await bench.SendAndFailAsync()).WasCalled);
        await bench.EnableAsync("none");
        await bench.WhenAsync(status => status.IsHealthy);
    }

    [Fact]
    public async Task A_plugin_that_cannot_work_with_its_settings_says_so()
    {
        await using var bench = await PluginBench.OpenAsync(limits: new PluginLimits { FuseCrashes = 1 });
        await bench.EnableAsync("refuse_to_start");

        Assert.Contains("The account is closed: open another.", (await bench.WhenAsync(status => status.State == PluginState.Fused)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_that_the_plugin_refuses_are_not_tried_again()
    {
        await using var bench = await PluginBench.OpenAsync();
        await bench.PutAsync(new JsonObject { ["station"] = "nowhere" });

        var status = await bench.WhenAsync(status => status.State == PluginState.Fused);

        Assert.Equal("$.station: There is no such station.", status.Reason);
        Assert.Equal(0, status.Crashes);
    }

    [Fact]
    public async Task New_settings_take_over_while_what_is_in_flight_ends_with_the_old_ones()
    {
        await using var bench = await PluginBench.RunAsync("give_up_in_send", PluginBench.Patient with { Call = TimeSpan.FromSeconds(8), Grace = TimeSpan.FromMinutes(1) });
        var old = bench.Backend();
        var sending = bench.SendAndFailAsync();
        await bench.Services.NextAsync();

        await bench.PutAsync(new JsonObject { ["station"] = "x-" });
        await bench.WhenAsync(status => status.IsHealthy && status.Running!.SettingsRevision == 2);

        Assert.False(sending.IsCompleted);
        Assert.Equal("x-attempt", (await bench.Backend().SendFaxAsync(PluginBench.Fax, Cancel)).ProviderId);
        Assert.Equal((1, 2), (old.Pin.SettingsRevision, bench.Backend().Pin.SettingsRevision));
        Assert.Equal("faxbot-test did not answer send_fax within 8 s.", (await sending).Message);
        Assert.False((await Assert.ThrowsAsync<PluginFailureException>(() => old.SendFaxAsync(PluginBench.Fax, Cancel))).WasCalled);
    }

    [Fact]
    public async Task Settings_that_do_not_start_leave_the_old_ones_in_force()
    {
        await using var bench = await PluginBench.RunAsync("none");

        await bench.EnableAsync("crash_at_start");

        var status = await bench.WhenAsync(status => status.Reason.Length > 0);
        Assert.StartsWith("It does not start as version 1.0.0 with revision 2 of the settings, and goes on as version 1.0.0 with revision 1 of the settings:", status.Reason, StringComparison.Ordinal);
        Assert.Equal((PluginState.Running, 1), (status.State, status.Running!.SettingsRevision));
        Assert.Equal("attempt", (await bench.Backend().SendFaxAsync(PluginBench.Fax, Cancel)).ProviderId);
    }

    [Fact]
    public async Task Another_version_takes_over_when_it_was_installed()
    {
        await using var bench = await PluginBench.RunAsync("none");

        bench.Edit("1.0.0", "1.1.0");
        await bench.Fleet.RescanAsync(Cancel);

        await bench.WhenAsync(status => status.IsHealthy && status.Running!.Version == "1.1.0");
        Assert.Equal("1.1.0", bench.Backend().Pin.Version);
    }

    [Fact]
    public async Task A_contract_of_another_version_is_refused()
    {
        await using var bench = await PluginBench.OpenAsync();
        bench.Edit("\"name\"", "\"sdk\": { \"minimum\": 7, \"maximum\": 9 }, \"name\"");
        await bench.Fleet.RescanAsync(Cancel);
        await bench.EnableAsync("none");

        var status = await bench.WhenAsync(status => status.State == PluginState.Fused);

        Assert.StartsWith("It speaks the contract of version 7 to 9, and this gateway that of version 1", status.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manifest_that_does_not_agree_with_the_code_is_refused()
    {
        await using var bench = await PluginBench.OpenAsync();
        bench.Edit("\"get_status\"", "\"get_status\", \"cancel_fax\"");
        await bench.Fleet.RescanAsync(Cancel);
        await bench.EnableAsync("none");

        Assert.Contains("Override CancelFaxAsync", (await bench.WhenAsync(status => status.State == PluginState.Fused)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plugin_whose_package_is_broken_stops_and_keeps_its_settings_editable()
    {
        await using var bench = await PluginBench.RunAsync("none");

        bench.Edit("\"outbound\"", "\"fax\"");
        await bench.Fleet.RescanAsync(Cancel);

        var status = await bench.WhenAsync(status => status.State == PluginState.Stopped);
        Assert.Contains("The category \"fax\" is not known.", status.Reason, StringComparison.Ordinal);
        var answer = await bench.PutAsync(new JsonObject { ["api_key"] = "***", ["anything"] = 1 });
        Assert.Equal((PluginConfigAnswerKind.Saved, "***"), (answer.Kind, (string?)answer.Config!.Settings["api_key"]));
    }

    [Fact]
    public async Task A_plugin_that_says_it_cannot_work_is_not_ready()
    {
        await using var bench = await PluginBench.OpenAsync();
        await bench.EnableAsync("unwell");

        var status = await bench.WhenAsync(status => status.Reason == "The provider is down.");

        Assert.Equal((PluginState.Running, false), (status.State, bench.Backend().IsReady));
    }

    [Fact]
    public async Task Wanted_settings_are_checked_live_before_they_are_saved()
    {
        await using var bench = await PluginBench.OpenAsync();

        var good = await bench.Fleet.CheckAsync(PluginBench.PluginId, Change(new JsonObject { ["api_key"] = "right" }), new CheckRequest(), Cancel);
        var bad = await bench.Fleet.CheckAsync(PluginBench.PluginId, Change(new JsonObject { ["api_key"] = "wrong" }), new CheckRequest(), Cancel);
        var invalid = await bench.Fleet.CheckAsync(PluginBench.PluginId, Change(new JsonObject { ["api_key"] = 1 }), new CheckRequest(), Cancel);

        Assert.True(good.Ok);
        Assert.Equal("The provider does not take api_key.", Assert.Single(bad.Problems));
        Assert.Equal("$.api_key: It must be a text.", Assert.Single(invalid.Problems));
        Assert.Equal(0, (await bench.Fleet.GetConfigAsync(PluginBench.PluginId, Cancel))!.Revision);
    }

    [Fact]
    public async Task A_restart_brings_a_new_process()
    {
        await using var bench = await PluginBench.RunAsync("none");
        var before = bench.Fleet.List().Single().Status.Process;

        Assert.True(bench.Fleet.Restart(PluginBench.PluginId));

        await bench.WhenAsync(status => status.IsHealthy && status.Process != before);
        Assert.False(bench.Fleet.Restart("faxbot-unknown"));
    }

    [Fact]
    public async Task An_idle_process_stays_below_60_MB()
    {
        await using var bench = await PluginBench.RunAsync("none");
        await bench.Backend().SendFaxAsync(PluginBench.Fax, Cancel);

        var line = File.ReadLines($"/proc/{bench.Fleet.List().Single().Status.Process}/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));

        TestContext.Current.TestOutputHelper?.WriteLine(line);
        Assert.InRange(int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], System.Globalization.CultureInfo.InvariantCulture), 1, 60_000);
    }

    private static PluginConfigChange Change(JsonObject settings) => new(true, settings, new BackendLimits(null, null), 0, null);
}
