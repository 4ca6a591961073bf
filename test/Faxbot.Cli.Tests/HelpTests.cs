using Faxbot.Sdk.Trunks;
using Faxbot.Testing;

namespace Faxbot.Cli.Tests;

public sealed class HelpTests
{
    [Theory]
    [InlineData("send", "--to sip:", "\"servers\"")]
    [InlineData("receive", "--out inbox")]
    [InlineData("render", "-o page.png")]
    [InlineData("plugin", "faxbot plugin install", "plugin check")]
    [InlineData("plugins configure", "--secret password=-", "settings.json")]
    [InlineData("trunk", "trunk check", "--dial")]
    [InlineData("asterisk", "asterisk config", "asterisk check")]
    [InlineData("up", "--config")]
    [InlineData("config", "config check faxbot.json")]
    [InlineData("status", "--json")]
    [InlineData("list", "--state unknown")]
    [InlineData("cancel", "faxbot cancel")]
    [InlineData("inbox", "inbox get")]
    [InlineData("keys", "--scope fax:send")]
    [InlineData("key-ring", "key-ring rotate")]
    [InlineData("routes", "routes add +49")]
    [InlineData("message list", "message list --state unknown")]
    [InlineData("opt-outs", "opt-outs add")]
    public async Task The_help_of_a_command_shows_how_it_is_used(string command, params string[] shown)
    {
        using var folder = new TempFolder();

        var help = await FaxbotCommand.RunAsync(folder, [.. command.Split(' '), "--help"]);

        Assert.True(help.ExitCode == 0, help.ToString());
        Assert.All(shown, text => Assert.Contains(text, help.Output[help.Output.IndexOf("Examples:", StringComparison.Ordinal)..], StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_trunk_profile_that_the_help_shows_can_be_used()
    {
        using var folder = new TempFolder();
        var help = (await FaxbotCommand.RunAsync(folder, "send", "--help")).Output;
        var profile = help[help.IndexOf("{ \"servers\"", StringComparison.Ordinal)..(help.LastIndexOf('}') + 1)];

        TrunkProfileJson.Read(profile, out var problems);
        Assert.Empty(problems);
    }
}
