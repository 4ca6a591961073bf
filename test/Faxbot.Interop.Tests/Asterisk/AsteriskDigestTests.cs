using Faxbot.Interop.Tests.Embedded;
using Faxbot.Lines;
using Faxbot.Lines.Embedded;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Trunks;
using Faxbot.Testing;
using Faxbot.Testing.Asterisk;
using Faxbot.Testing.Captures;
using Faxbot.Testing.Spandsp;

namespace Faxbot.Interop.Tests.Asterisk;

/// <summary>An Asterisk that lets nobody call without the digest of its account, and that protects UDPTL by parity.</summary>
public sealed class AsteriskDigestTests
{
    [Fact]
    public async Task Faxes_with_the_right_password_alone()
    {
        await using var lab = await AsteriskLab.StartAsync(new AsteriskLabOptions { RequireAuthentication = true, UdptlErrorCorrection = "fec" });
        await using var ami = await lab.ConnectAmiAsync();
        using var folder = new TempFolder();
        var capture = folder.Of("calls.pcap");
        using var file = new PcapWriter(capture);
        var start = TimeProvider.System.GetTimestamp();
        await using var line = EmbeddedLine.Open(
            FinishedCall.OnLoopback with { Tap = (from, to, datagram) => file.Write(TimeProvider.System.GetElapsedTime(start), from, to, datagram) }, TimeProvider.System);
        var right = new TrunkCredentials { User = AsteriskLab.Account, Password = AsteriskLab.Secret };

        var calls = await Task.WhenAll(
            CallAsync(line, lab, "99910101", right),
            CallAsync(line, lab, "99910102", right with { Realm = "asterisk" }),
            CallAsync(line, lab, "99910103", right with { Password = "wrong" }),
            CallAsync(line, lab, "99910104", right with { Realm = "elsewhere" }),
            CallAsync(line, lab, "99910105", null));

        foreach (var call in calls[..2])
        {
            Assert.True(call.Outcome is { Class: OutcomeClass.Success, PagesConfirmed: 2 }, $"{call}");
            Assert.Equal("fec", call.Switch?.ErrorCorrection);
        }

        foreach (var call in calls[2..])
        {
            Assert.True(call.Outcome is
            {
                Class: OutcomeClass.Rejected, Phase: OutcomePhase.Dial, Party: OutcomeParty.Trunk, SipStatus: 401, PagesConfirmed: 0,
            }, $"{call}");
        }

        var received = await ami.WaitAsync(m => m["UserEvent"] == "LabFaxReceived" && m["Number"] == "99910101", TimeSpan.FromSeconds(30));
        Assert.Equal("SUCCESS", received["Status"]);
        Assert.Null(await TiffDiff.FindDifferenceAsync(AsteriskLab.Sample("two-light-g4.tif"), received["File"]));
        file.Dispose();
        var options = new TsharkOptions { DecodeAs = [$"udp.port=={lab.SipPort},sip"] };
        Assert.Empty(await Tshark.FindingsAsync(capture, TsharkSeverity.Error, options));
        Assert.Contains(await Tshark.FieldsAsync(capture, ["sip.auth.username"], options), row => row[0] is [var user, ..] && user.Trim('"') == AsteriskLab.Account);
    }

    private static async Task<FinishedCall> CallAsync(EmbeddedLine line, AsteriskLab lab, string number, TrunkCredentials? credentials)
    {
        using var document = SampleTiff.Open(AsteriskLab.Sample("two-light-g4.tif"));
        return await FinishedCall.OfAsync(line.Originate(new OutboundFax
        {
            Trunk = FinishedCall.Trunk(lab.SipPort, new TrunkT38 { Switch = T38Switch.Us, ErrorCorrection = T38ErrorCorrection.Fec }) with
            {
                Credentials = credentials,
                Caller = new TrunkCaller { User = credentials?.User },
            },
            To = number,
            From = "5550100",
            Document = document,
        }), TimeSpan.FromMinutes(3));
    }
}
