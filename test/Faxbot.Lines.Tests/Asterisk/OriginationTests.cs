using System.Text;
using Faxbot.Imaging.Pages;
using Faxbot.Lines.Asterisk.Calls;
using Faxbot.Lines.Asterisk.Configuration;
using Faxbot.Sdk.Trunks;
using Faxbot.Testing.Faxes;

namespace Faxbot.Lines.Tests.Asterisk;

/// <summary>What a trunk profile becomes in the action that places a call.</summary>
public sealed class OriginationTests
{
    private static readonly TrunkProfile Trunk = new() { Servers = [new TrunkServer { Host = "sip.example.net", Port = 5080 }] };

    [Fact]
    public void Names_number_caller_and_what_the_dialplan_is_to_do() => Assert.Equal(
        """
        Action: Originate
        ChannelId: faxbot-a1
        Channel: PJSIP/faxbot-sip-x/sip:+15550101234@sip.example.net:5080
        Context: faxbot-send
        Exten: fax
        Priority: 1
        Timeout: 75000
        CallerID: <+15550100>
        Async: true
        Variable: FAXBOT_ATTEMPT=a1
        Variable: FAXBOT_PAGES=2
        Variable: FAXBOT_FIRST=1
        Variable: FAXBOT_LIMIT=3600
        Variable: FAXBOT_ECM=yes
        Variable: FAXBOT_RATE=14400
        Variable: FAXBOT_MODEMS=djE3LHYyNyx2Mjk=
        Variable: FAXBOT_T38_TIMEOUT=15000
        Variable: FAXBOT_STATION=KzE1NTUwMTAw
        Variable: FAXBOT_FILE=/there/out/a1.tif
        Variable: FAXBOT_OPTIONS=sz
        Variable: CHANNEL(hangup_handler_push)=faxbot-sent-report\,s\,1
        ActionID: 7
        """,
        Write(Fax(Trunk) with { From = "+15550100", FirstPage = 1 }));

    [Theory]
    [InlineData(T38Switch.Either, false, T38Support.Unknown, "sz")]
    [InlineData(T38Switch.Us, true, T38Support.Yes, "sfz")]
    [InlineData(T38Switch.FarEnd, true, T38Support.Yes, "sf")]
    [InlineData(T38Switch.FarEnd, false, T38Support.Yes, "s")]
    [InlineData(T38Switch.Us, true, T38Support.AudioOnly, "Fs")]
    public void Options_of_SendFAX_follow_the_profile(T38Switch by, bool fallback, T38Support support, string options) =>
        Assert.Contains($"FAXBOT_OPTIONS={options}\n", Write(Fax(Trunk with { T38 = new TrunkT38 { Switch = by, Support = support }, Audio = new TrunkAudio { Fallback = fallback } })), StringComparison.Ordinal);

    [Theory]
    [InlineData(14_400, 9_600, "FAXBOT_RATE=9600\nVariable: FAXBOT_MODEMS=djI3LHYyOQ==")]
    [InlineData(5_000, 14_400, "FAXBOT_RATE=4800\nVariable: FAXBOT_MODEMS=djI3\n")]
    [InlineData(1_200, 14_400, "FAXBOT_RATE=2400\n")]
    public void The_rate_is_one_that_modems_have(int ofFax, int ofTrunk, string expected) =>
        Assert.Contains(expected, Write(Fax(Trunk with { T38 = new TrunkT38 { MaxBitRate = ofTrunk } }) with { MaxBitRate = ofFax }), StringComparison.Ordinal);

    [Fact]
    public void A_private_caller_is_told_to_the_trunk_alone()
    {
        var text = Write(Fax(Trunk with { Caller = new TrunkCaller { Number = "+15550100", Private = true, Headers = [CallerHeader.PAssertedIdentity] } }));

        Assert.Contains("CallerID: \"Anonymous\" <anonymous>\n", text, StringComparison.Ordinal);
        Assert.Contains("Variable: PJSIP_HEADER(add,Privacy)=id\n", text, StringComparison.Ordinal);
        Assert.Contains("Variable: PJSIP_HEADER(add,P-Asserted-Identity)=<sip:+15550100@sip.example.net>\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("+15550101234", "1\r\nAction: Command")]
    [InlineData("+15550101234", "a b")]
    [InlineData("", null)]
    public void What_cannot_be_written_is_not_dialled(string to, string? from) =>
        Assert.Null(Origination.Compose(Fax(Trunk) with { To = to, From = from }, "x", "/f", TimeSpan.FromHours(1)));

    [Fact]
    public void A_number_cannot_end_its_line()
    {
        var text = Write(Fax(Trunk) with { To = "+1555\r\nAction: Command" });

        Assert.Contains("PJSIP/faxbot-sip-x/sip:+1555%0D%0AAction%3A%20Command@", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/var/spool/faxbot", true)]
    [InlineData("relative", false)]
    [InlineData("/a b", false)]
    [InlineData("/a,b", false)]
    [InlineData("/a\nexten => x", false)]
    [InlineData("/${SHELL(x)}", false)]
    public void The_dialplan_names_only_folders_that_it_can(string folder, bool isPossible)
    {
        Assert.Equal(isPossible, AsteriskDialplan.CanName(folder));
        if (isPossible) Assert.Contains($"ReceiveFAX({folder}/in/${{UNIQUEID}}.tif,", AsteriskDialplan.Render(folder + "/"), StringComparison.Ordinal);
        else Assert.Throws<ArgumentException>(() => AsteriskDialplan.Render(folder));
    }

    private static OutboundFax Fax(TrunkProfile trunk) => new()
    {
        Trunk = trunk,
        To = "+15550101234",
        Reference = "a1",
        Document = new BitmapDocument(FaxResolution.Fine, SamplePages.Text(1728, 20, 1), SamplePages.Text(1728, 20, 2), SamplePages.Text(1728, 20, 3)),
    };

    private static string Write(OutboundFax fax) =>
        Encoding.UTF8.GetString(Origination.Compose(fax, "faxbot-sip-x", "/there/out/a1.tif", TimeSpan.FromHours(1))!.Write("7")).ReplaceLineEndings("\n").TrimEnd();
}
