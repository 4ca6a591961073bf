using Faxbot.Interop.Tests.Embedded;
using Faxbot.Lines;
using Faxbot.Lines.Embedded;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Trunks;
using Faxbot.Testing.Asterisk;
using Faxbot.Testing.Spandsp;

namespace Faxbot.Interop.Tests.Asterisk;

/// <summary>Our embedded line calls Asterisk's ReceiveFAX. All ways at once: Asterisk takes its time, but little of it is work.</summary>
public sealed class AsteriskReceivesTests(SharedAsterisk asterisk)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    // The number chooses what Asterisk does: test/lab/asterisk-lab/README.md.
    private static readonly Way[] Ways =
    [
        new("99910101", AskedByUs: false, new TrunkT38 { Switch = T38Switch.FarEnd }),
        new("99910102", AskedByUs: false, new TrunkT38 { Switch = T38Switch.Either }),
        new("99910103", AskedByUs: true, new TrunkT38 { Switch = T38Switch.Us }),
        new("99910104", AskedByUs: false, new TrunkT38 { Switch = T38Switch.FarEnd, InFirstOffer = true }),
        new("99910105", AskedByUs: true, new TrunkT38 { Switch = T38Switch.Us, InFirstOffer = true }),
        new("99910106", AskedByUs: true, new TrunkT38 { Switch = T38Switch.Us, Version = 3 }),
        new("99910107", AskedByUs: true, new TrunkT38 { Switch = T38Switch.Us, ErrorCorrection = T38ErrorCorrection.None }),
        new("99910108", AskedByUs: true, new TrunkT38 { Switch = T38Switch.Us, MaxDatagram = 200, MaxDatagramOverride = 150 }),
        new("99910109", AskedByUs: true, new TrunkT38 { Switch = T38Switch.Us, MaxBitRate = 9600 }) { BitRate = 9600 },
        new("99910110", AskedByUs: true, new TrunkT38 { Switch = T38Switch.Us, Ecm = false }) { Ecm = false },
        new("99910111", AskedByUs: false, new TrunkT38 { Switch = T38Switch.FarEnd }) { File = "one-standard-g4.tif" },
        new("99910112", AskedByUs: false, new TrunkT38 { Switch = T38Switch.FarEnd }) { Audio = new TrunkAudio { Codecs = [TrunkCodec.Pcma, TrunkCodec.Pcmu] } },
        new("99912101", AskedByUs: false, new TrunkT38 { Switch = T38Switch.FarEnd }) { Ecm = false },
        new("99914101", AskedByUs: false, new TrunkT38 { Switch = T38Switch.FarEnd }) { BitRate = 4800 },
        new("9991603101", AskedByUs: true, new TrunkT38 { Switch = T38Switch.Us }),
        new("99917101", AskedByUs: false, new TrunkT38 { Switch = T38Switch.FarEnd }),
        new("99917102", AskedByUs: true, new TrunkT38 { Switch = T38Switch.Us }),
    ];

    [Fact]
    public async Task Every_pixel_arrives_whoever_asks_for_T38()
    {
        var lab = await asterisk.OpenAsync();
        await using var ami = await lab.ConnectAmiAsync();
        await using var line = FinishedCall.OpenLine();
        await Task.WhenAll(Ways.Select(way => SendAsync(way, line, lab, ami)));
    }

    private static async Task SendAsync(Way way, EmbeddedLine line, AsteriskLab lab, AsteriskAmi ami)
    {
        var file = AsteriskLab.Sample(way.File);
        using var document = SampleTiff.Open(file);

        var sent = await FinishedCall.OfAsync(line.Originate(new OutboundFax
        {
            Trunk = FinishedCall.Trunk(lab.SipPort, way.T38) with { Audio = way.Audio },
            To = way.Number,
            From = "5550100",
            Identity = "+1 555 0100",
            Document = document,
        }), Limit);
        var received = await ami.WaitAsync(m => m["UserEvent"] == "LabFaxReceived" && m["Number"] == way.Number, TimeSpan.FromSeconds(30));

        var pages = document.PageCount;
        var outcome = sent.Outcome;
        var all = $"{way}\n{sent}\n{received}";
        Assert.True(outcome is { Class: OutcomeClass.Success, Medium: FaxMedium.T38 }, all);
        Assert.True((outcome.PagesConfirmed, outcome.PagesTotal, outcome.BitRate, outcome.Ecm) == (pages, pages, way.BitRate, way.Ecm), all);
        Assert.True(sent.Switch?.ByUs == way.AskedByUs, all);
        Assert.True((received["Status"], received["Mode"], received["Pages"]) == ("SUCCESS", "T38", $"{pages}"), all);
        Assert.True((received["Rate"], received["RemoteStation"].Trim()) == ($"{way.BitRate}", "+1 555 0100"), all);
        Assert.Equal(way.Number, outcome.FarIdentity);
        Assert.Null(await TiffDiff.FindDifferenceAsync(file, received["File"]));
    }

    private sealed record Way(string Number, bool AskedByUs, TrunkT38 T38)
    {
        public string File { get; init; } = "two-light-g4.tif";

        public int BitRate { get; init; } = 14_400;

        public bool Ecm { get; init; } = true;

        public TrunkAudio Audio { get; init; } = new();
    }
}
