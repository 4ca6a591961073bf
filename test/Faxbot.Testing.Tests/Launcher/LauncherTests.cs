using Faxbot.Testing.Processes;

namespace Faxbot.Testing.Tests.Launcher;

public sealed class LauncherTests : IDisposable
{
    private readonly LauncherSandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task Hands_arguments_on_as_they_are_and_the_exit_code_back()
    {
        _sandbox.Environment["RUN_EXIT"] = "7";

        var result = await _sandbox.RunAsync("send", "a b.pdf", "*", "--to", "");

        Assert.Equal((7, "<send><a b.pdf><*><--to><>"), (result.ExitCode, result.Output));
    }

    [Fact]
    public async Task Builds_at_first_and_then_only_after_a_change()
    {
        var source = Path.Combine(_sandbox.Root, "src/Faxbot.Cli/Other.cs");
        int[] builds = new int[6];

        await _sandbox.RunAsync("send");
        builds[0] = _sandbox.Builds;
        await _sandbox.RunAsync("send");
        builds[1] = _sandbox.Builds;
        // An older time counts as well: a checkout may bring one.
        File.SetLastWriteTimeUtc(source, DateTimeOffset.UnixEpoch.UtcDateTime);
        await _sandbox.RunAsync("send");
        builds[2] = _sandbox.Builds;
        File.Delete(source);
        await _sandbox.RunAsync("send");
        builds[3] = _sandbox.Builds;
        File.Delete(Path.Combine(_sandbox.Root, "src/Faxbot.Cli/bin/Release/net10.0/faxbot.dll"));
        await _sandbox.RunAsync("send");
        builds[4] = _sandbox.Builds;
        await _sandbox.RunAsync("send");
        builds[5] = _sandbox.Builds;

        Assert.Equal([1, 1, 2, 3, 4, 4], builds);
    }

    [Fact]
    public async Task Shows_what_the_compiler_says_and_builds_again_next_time()
    {
        _sandbox.Environment["BUILD_EXIT"] = "1";

        var failed = await _sandbox.RunAsync("send");
        _sandbox.Environment["BUILD_EXIT"] = "0";
        var built = await _sandbox.RunAsync("send");

        Assert.Equal((1, ""), (failed.ExitCode, failed.Output));
        Assert.Contains("what the compiler says", failed.Error, StringComparison.Ordinal);
        Assert.Equal((0, 2), (built.ExitCode, _sandbox.Builds));
    }

    [Fact]
    public async Task Builds_once_when_started_several_times_at_once()
    {
        _sandbox.Environment["SLOW"] = "1";

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _sandbox.RunAsync("send")));

        Assert.All(results, result => Assert.Equal((0, "<send>"), (result.ExitCode, result.Output)));
        Assert.Equal(1, _sandbox.Builds);
    }

    [Fact]
    public async Task Refuses_an_SDK_that_is_too_old()
    {
        _sandbox.Environment["SDKS"] = "9.0.305";

        var result = await _sandbox.RunAsync("send");

        Assert.Equal(69, result.ExitCode);
        Assert.Contains("10 or later (it has: 9.0.305", result.Error, StringComparison.Ordinal);
        Assert.Equal(0, _sandbox.Builds);
    }

    [Fact]
    public async Task Lets_Control_C_reach_the_program()
    {
        _sandbox.Environment["WAIT"] = "1";
        await using var running = _sandbox.Start("receive");
        await running.WaitForLineAsync(line => line == "ready", TimeSpan.FromSeconds(20));

        Assert.Equal(42, (await running.StopAsync(interrupt: true)).ExitCode);
    }

    [Fact]
    public async Task Installs_a_missing_package_and_updates_the_lists_only_when_it_must()
    {
        var first = await _sandbox.RunAsync("install-packages", "faxbot-missing");
        var second = await _sandbox.RunAsync("install-packages", "faxbot-missing");

        Assert.Equal((0, ""), (first.ExitCode, first.Output));
        Assert.Equal((0, ""), (second.ExitCode, second.Error));
        const string Install = "apt-get install --no-install-recommends faxbot-missing";
        Assert.Equal([Install, "apt-get update", Install], _sandbox.Calls);
    }

    [Fact]
    public async Task Says_what_apt_says_and_the_line_to_run_when_a_package_cannot_be_had()
    {
        _sandbox.Environment["NO_SUCH"] = "1";

        var result = await _sandbox.RunAsync("install-packages", "faxbot-missing");

        Assert.Equal(69, result.ExitCode);
        Assert.Contains("Unable to locate package", result.Error, StringComparison.Ordinal);
        AssertEndsWithTheLineToRun(result);
    }

    [Fact]
    public async Task Prints_the_line_to_run_when_it_may_not_install()
    {
        var result = await _sandbox.RunWithoutRightsAsync("install-packages", "faxbot-missing");

        Assert.Equal(69, result.ExitCode);
        AssertEndsWithTheLineToRun(result);
        Assert.StartsWith("sudo ", result.Error.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
        Assert.Empty(_sandbox.Calls);
    }

    [Fact]
    public async Task Runs_where_it_may_not_install_when_all_is_there()
    {
        Assert.Equal(0, (await _sandbox.RunAsync("install-packages", "faxbot-missing")).ExitCode);
        Assert.Equal(0, (await _sandbox.RunAsync("send")).ExitCode);

        var result = await _sandbox.RunWithoutRightsAsync("send", "x");

        Assert.Equal((0, "<send><x>"), (result.ExitCode, result.Output));
    }

    private static void AssertEndsWithTheLineToRun(ProcessResult result) =>
        Assert.Contains("apt-get update && apt-get install -y --no-install-recommends faxbot-missing", result.Error.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
}
