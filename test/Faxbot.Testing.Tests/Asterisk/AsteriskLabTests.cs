using Faxbot.Testing.Asterisk;
using Faxbot.Testing.Spandsp;

namespace Faxbot.Testing.Tests.Asterisk;

public sealed class AsteriskLabTests
{
    [Fact]
    public async Task Two_instances_fax_each_other_and_stop_without_a_trace()
    {
        await using var near = await AsteriskLab.StartAsync();
        await using var far = await AsteriskLab.StartAsync(new AsteriskLabOptions { Trace = true });
        await using var ami = await far.ConnectAmiAsync();

        var busy = await near.SendAsync(far.Uri("99920001"), AsteriskLab.Sample("two-light-g4.tif"), TimeSpan.FromSeconds(30));
        var sent = await near.SendAsync(far.Uri("99910001"), AsteriskLab.Sample("two-light-g4.tif"), TimeSpan.FromSeconds(90));
        var received = await ami.WaitAsync(m => m["UserEvent"] == "LabFaxReceived" && m["Number"] == "99910001", TimeSpan.FromSeconds(30));

        Assert.Equal(("NOCALL", "17"), (busy["Status"], busy["Cause"]));
        Assert.Equal(("SUCCESS", "2", "T38"), (sent["Status"], sent["Pages"], sent["Mode"]));
        Assert.Equal(("SUCCESS", "2", "T38"), (received["Status"], received["Pages"], received["Mode"]));
        Assert.Null(await TiffDiff.FindDifferenceAsync(AsteriskLab.Sample("two-light-g4.tif"), received["File"]));
        Assert.Contains("INVITE sip:99910001", await far.ReadLogAsync(), StringComparison.Ordinal);

        await far.DisposeAsync();
        // Its ports are free again, so that another test may have them by now: the folder alone tells.
        Assert.False(Directory.Exists(far.Folder));
    }
}
