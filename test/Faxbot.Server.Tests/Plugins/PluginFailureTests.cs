using System.Diagnostics;
using Faxbot.Sdk.Faxes;
using Faxbot.Server.Plugins;

namespace Faxbot.Server.Tests.Plugins;

/// <summary>Whatever a plugin does, the gateway lives, says what happened, and starts the plugin again.</summary>
public sealed class PluginFailureTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("crash_in_send", "It was ended by signal 6.")]
    [InlineData("endless_output", "It sent a message that is no JSON-RPC, and was killed.")]
    [InlineData("garbage", "It wrote something to its standard output that is no message, and was killed.")]
    [InlineData("oversized", "It sent a message of 99999999999 octets, of 16777216 allowed, and was killed.")]
    public async Task A_plugin_that_breaks_down_in_a_send_leaves_it_open_and_is_started_again(string behaviour, string reason)
    {
        await using var bench = await PluginBench.RunAsync(behaviour);
        var first = bench.Fleet.List().Single().Status.Process;

        var failure = await bench.SendAndFailAsync();

        Assert.True(failure.WasCalled);
        Assert.Equal($"faxbot-test failed in send_fax. {reason}", failure.Message);
        var again = await bench.WhenAsync(status => status.IsHealthy && status.Process != first);
        Assert.Equal((PluginState.Running, 1), (again.State, again.Crashes));
    }

    [Fact]
    public async Task A_plugin_that_takes_memory_meets_its_limit()
    {
        await using var bench = await PluginBench.RunAsync("take_memory", limits: new PluginLimits { Memory = 200 << 20 });

        var failure = await bench.SendAndFailAsync();

        Assert.True(failure.WasCalled);
        Assert.Contains("OutOfMemoryException in send_fax", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plugin_that_writes_large_files_meets_its_limit()
    {
        await using var bench = await PluginBench.RunAsync("fill_disk", limits: new PluginLimits { FileSize = 8 << 20 });

        Assert.True((await bench.SendAndFailAsync()).WasCalled);

        Assert.InRange(new FileInfo(Path.Combine(bench.Options.OwnFolder(PluginBench.PluginId), "large")).Length, 0, 8 << 20);
    }

    [Fact]
    public async Task A_plugin_killed_in_the_middle_of_a_send_leaves_it_open()
    {
        await using var bench = await PluginBench.RunAsync("hang_in_send");
        var sending = bench.SendAndFailAsync();
        await bench.Services.NextAsync();

        using var process = Process.GetProcessById(bench.Fleet.List().Single().Status.Process!.Value);
        process.Kill();

        var failure = await sending;
        Assert.True(failure.WasCalled);
        Assert.Equal("faxbot-test failed in send_fax. It was ended by signal 9.", failure.Message);
    }

    [Fact]
    public async Task A_plugin_that_hangs_in_a_send_is_killed_when_it_does_not_take_the_wish_to_end_it()
    {
        await using var bench = await PluginBench.RunAsync(
            "hang_in_send", PluginBench.Patient with { Call = TimeSpan.FromSeconds(2), Grace = TimeSpan.FromMilliseconds(100) });

        var failure = await bench.SendAndFailAsync();

        Assert.True(failure.WasCalled);
        Assert.Equal("faxbot-test did not answer send_fax within 2 s.", failure.Message);
        await bench.WhenAsync(status => status.Crashes == 1);
        Assert.Contains(bench.Log.Lines, line => line.Contains("It hung in send_fax and was killed.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_plugin_that_gives_a_send_up_when_told_to_lives_on()
    {
        await using var bench = await PluginBench.RunAsync("give_up_in_send", PluginBench.Patient with { Call = TimeSpan.FromSeconds(1), Grace = TimeSpan.FromMinutes(1) });
        var process = bench.Fleet.List().Single().Status.Process;

        var failure = await bench.SendAndFailAsync();

        Assert.Equal((true, "faxbot-test did not answer send_fax within 1 s."), (failure.WasCalled, failure.Message));
        Assert.Equal(process, bench.Fleet.List().Single().Status.Process);
        Assert.True(bench.Backend().IsReady);
    }

    [Fact]
    public async Task A_reply_of_the_wrong_shape_leaves_a_send_open_and_the_plugin_lives_on()
    {
        await using var bench = await PluginBench.RunAsync("wrong_shape");

        var failure = await bench.SendAndFailAsync();

        Assert.Equal((true, "faxbot-test answered send_fax with what the contract does not know, at null."), (failure.WasCalled, failure.Message));
        Assert.True(bench.Backend().IsReady);
    }

    [Fact]
    public async Task An_exception_of_the_plugin_is_told_by_its_type_and_not_by_its_message()
    {
        await using var bench = await PluginBench.RunAsync("throw_in_send");

        var failure = await bench.SendAndFailAsync();

        Assert.Equal("faxbot-test answered send_fax with error -32000: System.InvalidOperationException in send_fax.", failure.Message);
        Assert.DoesNotContain(bench.Log.Lines, line => line.Contains("0123456", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refusal_carries_its_outcome()
    {
        await using var bench = await PluginBench.RunAsync("reject_fax");

        var refusal = await Assert.ThrowsAsync<FaxRejectedException>(() => bench.Backend().SendFaxAsync(PluginBench.Fax, Cancel));

        Assert.Equal(("No funds.", "402"), (refusal.Outcome.Sentence, refusal.Outcome.ProviderCode));
    }

    [Fact]
    public async Task A_plugin_that_asks_too_much_at_once_is_killed()
    {
        await using var bench = await PluginBench.RunAsync("ask_at_once", limits: new PluginLimits { MessagesPerSecond = 3 });

        Assert.Equal("faxbot-test failed in send_fax. It sent more messages than it may, and was killed.", (await bench.SendAndFailAsync()).Message);
    }

    [Fact]
    public async Task A_flood_in_the_log_is_cut_off_and_the_call_succeeds()
    {
        await using var bench = await PluginBench.RunAsync("flood_log");

        await bench.Backend().GetStatusAsync(new FaxReference { JobId = "job", AttemptId = "attempt" }, Cancel);
        await bench.PutAsync([], enabled: false);
        await bench.WhenAsync(status => status.State == PluginState.Stopped);
        await bench.Fleet.DisposeAsync();

        Assert.InRange(bench.Log.Lines.Count(line => line.Contains("of a flood", StringComparison.Ordinal)), 1, 2000);
        Assert.Contains(bench.Log.Lines, line => line.Contains("its log is cut off", StringComparison.Ordinal));
        Assert.Contains(bench.Log.Lines, line => line.Contains("were not kept", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_number_in_the_plugins_log_is_masked()
    {
        await using var bench = await PluginBench.RunAsync("say_number");

        await bench.Backend().GetStatusAsync(new FaxReference { JobId = "job", AttemptId = "attempt" }, Cancel);
        await bench.Fleet.DisposeAsync();

        Assert.Contains(bench.Log.Lines, line => line == "Warning 1110 Plugin faxbot-test: calling +1*****3456");
    }

    [Fact]
    public async Task A_plugin_that_refuses_to_stop_is_killed()
    {
        await using var bench = await PluginBench.RunAsync("refuse_to_stop", PluginBench.Patient with { Stop = TimeSpan.FromMilliseconds(200), Grace = TimeSpan.FromMilliseconds(100) });

        await bench.Fleet.DisposeAsync();

        Assert.Contains(bench.Log.Lines, line => line.Contains("It hung in stop and was killed.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_of_the_gateways_environment_reaches_a_plugin()
    {
        Environment.SetEnvironmentVariable("FAXBOT_TEST_SECRET", "hunter2");
        await using var bench = await PluginBench.RunAsync("none");

        var status = await bench.Backend().GetStatusAsync(new FaxReference { JobId = "job", AttemptId = "attempt" }, Cancel);

        Assert.Contains("\"HOME\"", status.ProviderId!, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", status.ProviderId!, StringComparison.Ordinal);
    }
}
