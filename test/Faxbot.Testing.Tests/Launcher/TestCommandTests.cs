namespace Faxbot.Testing.Tests.Launcher;

public sealed class TestCommandTests : IDisposable
{
    private readonly LauncherSandbox _sandbox = new();

    public TestCommandTests()
    {
        _sandbox.Environment["NO_SUCH"] = null;
        _sandbox.Write("state/installed", "");
        _sandbox.AddTestProject("Faxbot.Interop.Tests", Result(passed: 5, failed: 0));
    }

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task Ends_with_the_sum_over_all_projects()
    {
        _sandbox.AddTestProject("Faxbot.Sip.Tests", Result(passed: 12, failed: 0));

        var result = await _sandbox.RunAsync("test");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal("17 passed, 0 failed", LastLine(result.Output));
    }

    [Fact]
    public async Task Shows_failures_and_counts_skipped_tests_as_such()
    {
        _sandbox.AddTestProject("Faxbot.Sip.Tests", $"echo 'Answers_486 [FAIL]'\n{Result(passed: 2, failed: 1, skipped: 1)}\nexit 1");

        var result = await _sandbox.RunAsync("test");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Answers_486 [FAIL]", result.Output, StringComparison.Ordinal);
        Assert.Equal("7 passed, 2 failed", LastLine(result.Output));
    }

    [Theory]
    [InlineData("echo 'Stack overflow.'; exit 134", "ended with exit code 134")]
    [InlineData("echo '<assembly passed=\"3\" failed=\"0\"/>' >\"$xml\"; exit 139", "ended with exit code 139")]
    [InlineData("echo '<assembly passed=\"0\" failed=\"0\"/>' >\"$xml\"", "ran no test")]
    [InlineData("exit 0", "ran no test")]
    [InlineData("sleep 600", "did not end within 1 seconds")]
    public async Task Takes_a_program_that_dies_hangs_or_runs_no_test_for_a_failure(string script, string why)
    {
        _sandbox.Environment["FAXBOT_TEST_SECONDS"] = "1";
        _sandbox.AddTestProject("Faxbot.Sip.Tests", script);

        var result = await _sandbox.RunAsync("test");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(why, result.Output, StringComparison.Ordinal);
        Assert.EndsWith(" passed, 1 failed", LastLine(result.Output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_only_the_project_that_is_named()
    {
        _sandbox.AddTestProject("Faxbot.Sip.Tests", Result(passed: 2, failed: 0));
        _sandbox.AddTestProject("Faxbot.Fax.Tests", "exit 1");

        Assert.Equal("2 passed, 0 failed", LastLine((await _sandbox.RunAsync("test", "sip")).Output));
    }

    [Fact]
    public async Task Hands_other_words_on_as_names_of_tests()
    {
        _sandbox.AddTestProject("Faxbot.Sip.Tests", Result(passed: 0, failed: 0));

        Assert.Equal("5 passed, 0 failed", LastLine((await _sandbox.RunAsync("test", "Answers_486")).Output));
        Assert.All(_sandbox.Calls.Where(call => call.Contains(".Tests.dll", StringComparison.Ordinal)), call => Assert.EndsWith(" -method *Answers_486*", call, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Fails_when_no_test_has_such_a_name()
    {
        _sandbox.AddTestProject("Faxbot.Interop.Tests", Result(passed: 0, failed: 0));

        var result = await _sandbox.RunAsync("test", "Nonsense");

        Assert.Equal((1, "0 passed, 1 failed"), (result.ExitCode, LastLine(result.Output)));
        Assert.Contains("Nonsense", result.Error, StringComparison.Ordinal);
    }

    private static string Result(int passed, int failed, int skipped = 0) =>
        $"printf '<assemblies>\\n<assembly name=\"x\" total=\"9\" passed=\"{passed}\" failed=\"{failed}\" skipped=\"{skipped}\" errors=\"0\">\\n' >\"$xml\"";

    private static string LastLine(string text) => text.TrimEnd('\n').Split('\n')[^1];
}
