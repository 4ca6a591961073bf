using Faxbot.CrashSoak;
using Faxbot.Testing;

namespace Faxbot.Interop.Tests.Gateway;

public sealed class FaxCrashTests
{
    [Fact]
    public async Task A_gateway_that_is_killed_again_and_again_loses_nothing_and_sends_nothing_twice()
    {
        await DebianPackages.EnsureAsync("poppler-utils", "fonts-dejavu-core");
        var report = await new CrashRun(new CrashOptions(Kills: 8, Seed: 3, Paced: 0), TextWriter.Null).RunAsync();

        Assert.Empty(report.Findings);
        Assert.Equal(report.Faxes, report.Successes + report.Unknowns);
    }
}
