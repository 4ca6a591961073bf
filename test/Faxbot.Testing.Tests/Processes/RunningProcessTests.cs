using Faxbot.Testing.Processes;

namespace Faxbot.Testing.Tests.Processes;

public sealed class RunningProcessTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Finds_a_line_whether_it_came_before_or_comes_later()
    {
        await using var process = RunningProcess.Start("sh", ["-c", "echo first; read line; echo second >&2; sleep 600"]);

        Assert.Equal("first", await process.WaitForLineAsync(line => line == "first", Limit));
        Assert.Equal("first", await process.WaitForLineAsync(line => line == "first", Limit));
        Assert.Equal("second", await process.WaitForLineAsync(line => line == "second", Limit));
    }

    [Fact]
    public async Task Says_that_the_program_ended_without_the_line()
    {
        await using var process = RunningProcess.Start("sh", ["-c", "echo unfinished; printf last; exit 3"]);

        Assert.Equal("last", await process.WaitForLineAsync(line => line == "last", Limit));
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => process.WaitForLineAsync(line => line == "never", Limit));
        Assert.Contains("unfinished", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stops_a_program_with_the_signal_asked_for()
    {
        foreach (var (interrupt, code) in new[] { (false, 42), (true, 43) })
        {
            await using var process = RunningProcess.Start("bash", ["-c", "trap 'kill $!; exit 42' TERM; trap 'kill $!; exit 43' INT; sleep 600 & echo ready; wait"]);
            await process.WaitForLineAsync(line => line == "ready", Limit);

            Assert.Equal(code, (await process.StopAsync(interrupt: interrupt)).ExitCode);
        }
    }

    [Fact]
    public async Task Kills_a_program_that_ignores_the_signal()
    {
        await using var process = RunningProcess.Start("sh", ["-c", "trap '' TERM; echo ready; sleep 600"]);
        await process.WaitForLineAsync(line => line == "ready", Limit);

        Assert.Equal(128 + 9, (await process.StopAsync(TimeSpan.FromMilliseconds(200))).ExitCode);
    }
}
