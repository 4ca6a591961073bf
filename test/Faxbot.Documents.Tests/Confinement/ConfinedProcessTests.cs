using Faxbot.Documents.Confinement;
using Faxbot.Testing;

namespace Faxbot.Documents.Tests.Confinement;

public sealed class ConfinedProcessTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void This_machine_permits_some_confinement() => Assert.NotNull(FaxDocumentRenderer.HostConfinement);

    [Theory]
    [MemberData(nameof(ConfinementTests.Levels), MemberType = typeof(ConfinementTests))]
    public void Output_errors_and_the_exit_code_come_through(ConfinementLevel level)
    {
        var (output, error, exitCode) = Run(level, "echo out; echo err >&2; exit 7");
        Assert.Equal(("out\n", "err", 7), (output, error.Trim(), exitCode));
    }

    [Theory]
    [MemberData(nameof(ConfinementTests.Levels), MemberType = typeof(ConfinementTests))]
    public void No_file_can_be_written(ConfinementLevel level)
    {
        var target = _folder.Of("evidence");
        Run(level, $"trap '' XFSZ; echo written > {target}");
        Assert.False(File.Exists(target) && new FileInfo(target).Length > 0);
    }

    [Theory]
    [MemberData(nameof(ConfinementTests.Levels), MemberType = typeof(ConfinementTests))]
    public void It_is_not_root_and_has_no_privileges(ConfinementLevel level)
    {
        // Builtins only: it may begin no process.
        var (output, _, _) = Run(level, "while read -r name value rest; do case $name in CapEff:|NoNewPrivs:) echo $name $value;; esac; done < /proc/self/status; echo uid $EUID");
        if (level == ConfinementLevel.Sandbox)
        {
            Assert.Equal("uid 65534\n", output); // It has no /proc to read.
            return;
        }

        Assert.Contains("CapEff: 0000000000000000\n", output, StringComparison.Ordinal);
        Assert.Contains("NoNewPrivs: 1\n", output, StringComparison.Ordinal);
        Assert.DoesNotContain("uid 0\n", output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ConfinementTests.Levels), MemberType = typeof(ConfinementTests))]
    public void A_kill_ends_it_at_once(ConfinementLevel level)
    {
        using var process = Start(level, "echo ready; exec sleep 1000");
        Assert.Equal('r', process.Output.ReadByte());
        process.Kill();
        Assert.NotEqual(0, process.WaitForEnd().ExitCode);
    }

    [Theory]
    [MemberData(nameof(ConfinementTests.Levels), MemberType = typeof(ConfinementTests))]
    public void Arguments_are_never_read_by_a_shell(ConfinementLevel level)
    {
        var command = new ConfinedCommand("/usr/bin/printf", ["%s|", "a b", "$(id)", "'", "*"], "/usr", TimeSpan.FromSeconds(5), 1L << 30);
        using var process = ConfinedProcess.Start(command, level);
        using var reader = new StreamReader(process.Output);
        Assert.Equal("a b|$(id)|'|*|", reader.ReadToEnd());
    }

    public void Dispose() => _folder.Dispose();

    private static (string Output, string Error, int ExitCode) Run(ConfinementLevel level, string script)
    {
        using var process = Start(level, script);
        using var reader = new StreamReader(process.Output);
        var output = reader.ReadToEnd();
        var (exitCode, error) = process.WaitForEnd();
        return (output, error, exitCode);
    }

    private static ConfinedProcess Start(ConfinementLevel level, string script) =>
        ConfinedProcess.Start(new ConfinedCommand("/usr/bin/bash", ["-c", script], "/usr", TimeSpan.FromSeconds(5), 1L << 30), level);
}
