using System.Text.RegularExpressions;
using Faxbot.Testing;

namespace Faxbot.Architecture.Tests;

public sealed partial class TreeTests
{
    private static readonly string[] TextKinds = [".cs", ".csproj", ".props", ".md", ".sh", ".json", ".slnx", ".txt", ".c", ".h", ".py", ""];

    [Fact]
    public void Nothing_is_left_for_later_in_the_code() =>
        Rule.Holds(
            "Do it now, or write an issue: the tree holds no notes to ourselves, no switched-off warnings, no skipped tests, no code in comments.",
            from file in SourceTree.Code
            from line in file.Lines.Index()
            where Leftover().IsMatch(line.Item)
            select $"{file}:{line.Index + 1}: {line.Item.Trim()}");

    [Fact]
    public void Warnings_are_not_switched_off_in_projects() =>
        Rule.Holds(
            "Fix what the warning is about.",
            from path in SourceTree.Files()
            where path.EndsWith(".csproj", StringComparison.Ordinal) || path.EndsWith(".props", StringComparison.Ordinal)
            where File.ReadAllText(RepositoryRoot.Of(path)).Contains("<No" + "Warn", StringComparison.Ordinal)
            select path);

    [Fact]
    public void Files_name_no_path_of_a_machine() =>
        Rule.Holds(
            "Find the path from RepositoryRoot, a temporary folder or an option: this one exists on one machine only.",
            from path in SourceTree.Files()
            where TextKinds.Contains(Path.GetExtension(path))
            from line in File.ReadLines(RepositoryRoot.Of(path))
            where MachinePath().IsMatch(line)
            select $"{path}: {line.Trim()}");

    [Theory]
    [InlineData("faxbot")]
    [InlineData(".ci/run")]
    [InlineData("test/lab/asterisk-lab/asterisk-lab")]
    public void Scripts_are_executable(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        Assert.True(File.GetUnixFileMode(RepositoryRoot.Of(path)).HasFlag(UnixFileMode.UserExecute), $"chmod +x {path}, and commit that");
    }

    [GeneratedRegex("""\b(TO""" + """DO|FIX""" + """ME|HA""" + """CK|XX""" + """X)\b|NotImplemented""" + """Exception|#pragma warn""" + """ing|#reg""" + """ion\b|\bSkip ?= ?"|SuppressMess""" + """age""")]
    private static partial Regex Leftover();

    [GeneratedRegex("""(?<![\w./$}~])/(wo""" + """rk|ro""" + """ot|ho""" + """me/\w+)/\w""")]
    private static partial Regex MachinePath();
}
