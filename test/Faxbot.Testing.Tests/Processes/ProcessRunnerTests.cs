using System.Text;
using Faxbot.Testing.Processes;

namespace Faxbot.Testing.Tests.Processes;

public sealed class ProcessRunnerTests
{
    [Fact]
    public async Task Returns_both_outputs_and_the_exit_code()
    {
        var result = await ProcessRunner.RunAsync("sh", ["-c", "echo out; echo err >&2; exit 7"]);

        Assert.Equal((7, "out\n", "err\n"), (result.ExitCode, result.Output, result.Error));
        Assert.Contains("exit code 7", Assert.Throws<InvalidOperationException>(result.EnsureSuccess).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hands_over_arguments_as_they_are_and_input_as_octets()
    {
        var options = new ProcessOptions { Input = Encoding.UTF8.GetBytes("typed") };

        var result = await ProcessRunner.RunSuccessfullyAsync("sh", ["-c", "printf '%s|' \"$@\"; cat", "sh", "a b", "$HOME", "*", "\""], options);

        Assert.Equal("a b|$HOME|*|\"|typed", result.Output);
    }

    [Fact]
    public async Task Kills_what_runs_too_long_with_its_children()
    {
        using var folder = new TempFolder();
        var options = new ProcessOptions { Timeout = TimeSpan.FromSeconds(1), WorkingFolder = folder.FullPath };

        var late = await Assert.ThrowsAsync<TimeoutException>(() =>
            ProcessRunner.RunAsync("sh", ["-c", "sleep 600 & echo $! > child; echo said; wait"], options));

        Assert.Contains("said", late.Message, StringComparison.Ordinal);
        var child = (await File.ReadAllTextAsync(folder.Of("child"), TestContext.Current.CancellationToken)).Trim();
        await EndsAsync(child);
    }

    [Fact]
    public async Task Says_which_program_could_not_be_started() =>
        Assert.Contains("no-such-program", (await Assert.ThrowsAsync<InvalidOperationException>(() => ProcessRunner.RunAsync("no-such-program", []))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Keeps_no_more_output_than_asked_for_and_does_not_block_the_program() =>
        Assert.Equal(1000, (await ProcessRunner.RunSuccessfullyAsync("sh", ["-c", "yes | head -c 1000000"], new ProcessOptions { MaxOutput = 1000 })).Output.Length);

    // Killed, it may stay as a zombie until its new parent looks: gone or zombie are both an end.
    private static Task EndsAsync(string process) => Eventually.HoldsAsync(
        () =>
        {
            try
            {
                return File.ReadAllText($"/proc/{process}/stat").Contains(") Z", StringComparison.Ordinal);
            }
            catch (IOException)
            {
                return true;
            }
        },
        TimeSpan.FromSeconds(2),
        () => $"Process {process} goes on.");
}
