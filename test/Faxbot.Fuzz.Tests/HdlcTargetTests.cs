using Faxbot.Fuzz.Targets;

namespace Faxbot.Fuzz.Tests;

public sealed class HdlcTargetTests
{
    [Fact]
    public void Its_seeds_get_to_the_pages_and_not_only_to_the_greeting()
    {
        var target = new HdlcTarget();
        List<int> pages = [];
        List<string> all = [];
        foreach (var seed in target.Seeds)
        {
            target.Run(seed);
            pages.Add(target.LastResult!.PagesConfirmed);
            all.Add(target.LastResult.ToString());
        }

        Assert.True(pages.Count(confirmed => confirmed > 0) >= pages.Count / 2, string.Join('\n', all));
    }
}
