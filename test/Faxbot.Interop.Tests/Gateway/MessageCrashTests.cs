using Faxbot.CrashSoak;

namespace Faxbot.Interop.Tests.Gateway;

public sealed class MessageCrashTests
{
    [Fact]
    public async Task A_gateway_that_is_killed_while_it_sends_messages_loses_none_and_sends_none_twice()
    {
        var report = await new MessagesRun(new CrashOptions(Kills: 5, Seed: 3), TextWriter.Null).RunAsync();

        Assert.Empty(report.Findings);
        Assert.Equal(report.Messages, report.Delivered);
    }
}
