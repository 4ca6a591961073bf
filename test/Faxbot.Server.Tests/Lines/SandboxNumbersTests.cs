using System.Text.RegularExpressions;
using Faxbot.Server.Lines;
using Faxbot.Testing;

namespace Faxbot.Server.Tests.Lines;

public sealed partial class SandboxNumbersTests
{
    [Fact]
    public void The_table_for_operators_has_each_ending_and_its_meaning()
    {
        var told = Row().Matches(File.ReadAllText(RepositoryRoot.Of("docs/operating.md"))).Select(row => (row.Groups[1].Value, row.Groups[2].Value));

        Assert.Equal(SandboxNumbers.Endings.Select(ending => (ending.Key, ending.Value.Meaning)).Order(), told.Order());
    }

    [GeneratedRegex(@"^\| `(\d\d)` \| (.+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
