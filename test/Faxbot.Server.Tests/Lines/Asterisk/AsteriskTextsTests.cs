using Faxbot.Lines;
using Faxbot.Lines.Asterisk;
using Faxbot.Sdk.Trunks;
using Faxbot.Server.Lines;
using Faxbot.Server.Lines.Asterisk;
using Faxbot.Server.Tests.Plugins;

namespace Faxbot.Server.Tests.Lines.Asterisk;

/// <summary>Text messages that an Asterisk hands over.</summary>
public sealed class AsteriskTextsTests
{
    private readonly CapturedLog _log = new();
    private readonly TrunkProfiles _trunks = new();
    private readonly KeptMessages _inbox = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_belongs_to_the_messaging_plugin_whose_trunk_it_came_from()
    {
        Connect("a-fax", "sip.one.example", TrunkTraffic.Calls);
        Connect("b-texts", "sip.two.example", TrunkTraffic.Messages);
        Connect("c-texts", "sip.one.example", TrunkTraffic.Messages);

        Assert.True(await Texts().StoreAsync(Message("SIP.one.example"), Cancel));
        Assert.True(await Texts().StoreAsync(Message("elsewhere.example"), Cancel));

        Assert.Equal(["c-texts pbx:7 Hello", "b-texts pbx:7 Hello"], _inbox.Kept);
    }

    [Fact]
    public async Task A_message_that_no_plugin_takes_stays_with_Asterisk()
    {
        Connect("a-fax", "sip.one.example", TrunkTraffic.Calls);
        _trunks.Set("own-line", new TrunkProfile { Servers = [new TrunkServer { Host = "sip.one.example" }] }, TrunkTraffic.Messages);

        Assert.False(await Texts().StoreAsync(Message("sip.one.example"), Cancel));

        Assert.Empty(_inbox.Kept);
        Assert.StartsWith("Warning 1523 ", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_cannot_be_stored_is_offered_again()
    {
        Connect("texts", "sip.one.example", TrunkTraffic.Messages);
        var texts = new AsteriskTexts(new KeptMessages { Refusal = new IOException("The disk is full.") }, _trunks, _log.For<AsteriskTexts>());

        Assert.False(await texts.StoreAsync(Message("sip.one.example"), Cancel));

        Assert.StartsWith("Error 1524 ", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    private AsteriskTexts Texts() => new(_inbox, _trunks, _log.For<AsteriskTexts>());

    private void Connect(string pluginId, string host, TrunkTraffic takes) =>
        _trunks.Set(pluginId, new TrunkProfile { Line = TrunkLine.Asterisk, Servers = [new TrunkServer { Host = host }] }, takes);

    private static ReceivedMessage Message(string domain) => new("pbx:7", "+12065550199", "+12065550100", domain, "Hello", DateTimeOffset.UnixEpoch);
}
