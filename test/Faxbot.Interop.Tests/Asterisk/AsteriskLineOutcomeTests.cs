using System.Net;
using System.Net.Sockets;
using System.Text;
using Faxbot.Fax.T30;
using Faxbot.Interop.Tests.Embedded;
using Faxbot.Lines;
using Faxbot.Lines.Asterisk;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Trunks;
using Faxbot.Testing;
using Faxbot.Testing.Asterisk;

namespace Faxbot.Interop.Tests.Asterisk;

/// <summary>Our line over one Asterisk calls another, which plays every end that a call can have. All at once.</summary>
public sealed class AsteriskLineOutcomeTests(SharedAsterisk shared)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);
    private static readonly TrunkT38 NeverAsk = new() { Switch = T38Switch.FarEnd };

    private static readonly Case[] Cases =
    [
        new("99910701", OutcomeClass.Success, OutcomePhase.HangUp, OutcomeParty.None, "Every page was confirmed.") { Medium = FaxMedium.T38 },
        new("99912702", OutcomeClass.Success, OutcomePhase.HangUp, OutcomeParty.None, "Every page was confirmed.") { Medium = FaxMedium.T38, Ecm = false },
        new("99914703", OutcomeClass.Success, OutcomePhase.HangUp, OutcomeParty.None, "Every page was confirmed.") { Medium = FaxMedium.T38, BitRate = 4800 },
        new("99911704", OutcomeClass.Success, OutcomePhase.HangUp, OutcomeParty.None, "Every page was confirmed.") { Medium = FaxMedium.Audio },
        new("99913705", OutcomeClass.Success, OutcomePhase.HangUp, OutcomeParty.None, "Every page was confirmed.") { Medium = FaxMedium.Audio },
        new("99913706", OutcomeClass.Negotiation, OutcomePhase.Negotiate, OutcomeParty.Receiver, "The far end refused T.38.") { Fallback = false },
        new("99910707", OutcomeClass.Success, OutcomePhase.HangUp, OutcomeParty.None, "Every page was confirmed.") { Medium = FaxMedium.Audio, T38 = new() { Support = T38Support.AudioOnly } },
        new("99920708", OutcomeClass.Busy, OutcomePhase.Dial, OutcomeParty.Number, "The number is busy.") { SipStatus = 486 },
        new("99921709", OutcomeClass.NoAnswer, OutcomePhase.Dial, OutcomeParty.Number, "Nobody answered."),
        new("99924710", OutcomeClass.Dead, OutcomePhase.Dial, OutcomeParty.Number, "The number does not exist or has moved.") { SipStatus = 404 },
        new("99925711", OutcomeClass.Rejected, OutcomePhase.Dial, OutcomeParty.Trunk, "The trunk forbids this call.") { SipStatus = 403 },
        new("99926712", OutcomeClass.Congestion, OutcomePhase.Dial, OutcomeParty.Trunk, "The trunk cannot take the call at the moment.") { SipStatus = 503 },
        new("99927713", OutcomeClass.NoAnswer, OutcomePhase.Dial, OutcomeParty.Number, "Nobody answered.") { SipStatus = 480 },
        new("99922714", OutcomeClass.NotFax, OutcomePhase.Negotiate, OutcomeParty.Number, "The call was answered, but no fax machine identified itself.") { T38 = NeverAsk },
        new("99923715", OutcomeClass.NotFax, OutcomePhase.Negotiate, OutcomeParty.Number, "The call was answered, but no fax machine identified itself.") { T38 = NeverAsk, NoFaxAfter = TimeSpan.FromSeconds(40) },
    ];

    [Fact]
    public async Task Every_end_of_a_call_has_its_outcome()
    {
        var far = await shared.OpenAsync();
        await using var near = await FaxingAsterisk.StartAsync();
        await using var line = near.OpenLine();
        await using var impatient = AsteriskLine.Open(new AsteriskLineOptions { Servers = [near.Server()], NoFaxAfter = TimeSpan.FromSeconds(40) }, TimeProvider.System);

        var calls = Task.WhenAll(Cases.Select(one => RunAsync(one.NoFaxAfter is null ? line : impatient, far, one)));
        var ways = Task.WhenAll(CancelsAsync(line, far, "99910721"), BreaksOffAsync(line, far, $"99915{SampleTiff.SecondsIntoSecondPage}722"), HasItsHeadersAsync(line, "99920723"));
        await Task.WhenAll(calls, ways);

        Assert.Empty(near.Files("out"));
    }

    private static async Task RunAsync(AsteriskLine line, AsteriskLab far, Case expected)
    {
        var fax = FaxingAsterisk.Fax(far, expected.Number);
        var trunk = fax.Trunk with { T38 = expected.T38, Audio = new TrunkAudio { Fallback = expected.Fallback }, Signalling = new TrunkSignalling { RingTimeout = TimeSpan.FromSeconds(5) } };
        using var document = fax.Document;

        var call = await FinishedCall.OfAsync(line.Originate(fax with { Trunk = trunk }, FaxingAsterisk.Endpoint), Limit);

        var all = $"{expected}\n{call}";
        var outcome = call.Outcome;
        Assert.True((outcome.Class, outcome.Phase, outcome.Party, outcome.Sentence) == (expected.Class, expected.Phase, expected.Party, expected.Sentence), all);
        Assert.True(outcome.PagesTotal == 2 && (expected.SipStatus is null || outcome.SipStatus == expected.SipStatus), all);
        if (expected.Class == OutcomeClass.Success)
        {
            Assert.True((outcome.Medium, outcome.Ecm, outcome.BitRate, outcome.PagesConfirmed, outcome.FarIdentity) == (expected.Medium, expected.Ecm, expected.BitRate, 2, expected.Number), all);
            Assert.Equal(2, call.Events.OfType<LineEvent.Fax>().Count(fax => fax.Event is FaxEvent.PageConfirmed));
            Assert.Equal(expected.Medium == FaxMedium.T38, call.Switch is not null);
        }
    }

    private static async Task CancelsAsync(AsteriskLine line, AsteriskLab far, string number)
    {
        var fax = FaxingAsterisk.Fax(far, number);
        using var document = fax.Document;
        var call = line.Originate(fax, FaxingAsterisk.Endpoint);
        await foreach (var happened in call.Events)
        {
            if (happened.Event is LineEvent.SwitchedToT38) call.Cancel();
        }

        var outcome = await call.Completion;
        Assert.True(outcome is { Class: OutcomeClass.Local, Party: OutcomeParty.Local, PagesConfirmed: 0 }, outcome.ToString());
        Assert.Equal("The call was cancelled on this side after 0 pages.", outcome.Sentence);
    }

    private static async Task BreaksOffAsync(AsteriskLine line, AsteriskLab far, string number)
    {
        using var folder = new TempFolder();
        SampleTiff.Write(folder.Of("three.tif"));
        var fax = FaxingAsterisk.Fax(far, number, folder.Of("three.tif"));
        using var document = fax.Document;

        var call = await FinishedCall.OfAsync(line.Originate(fax, FaxingAsterisk.Endpoint), Limit);

        Assert.True(call.Outcome is { Class: OutcomeClass.Partial, PagesConfirmed: 1, PagesTotal: 3, PagesPerhapsPrinted: 1 }, call.ToString());
        Assert.Equal([1], call.Events.OfType<LineEvent.Fax>().Select(fax => fax.Event).OfType<FaxEvent.PageConfirmed>().Select(page => page.Page));
    }

    private static async Task HasItsHeadersAsync(AsteriskLine line, string number)
    {
        using var far = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var trunk = new TrunkProfile
        {
            Servers = [new TrunkServer { Host = "127.0.0.1", Port = ((IPEndPoint)far.Client.LocalEndPoint!).Port }],
            Numbers = new TrunkNumbers { RequestUri = new NumberForm { Prefix = "77#", Parameters = new Dictionary<string, string> { ["user"] = "phone" } } },
            Caller = new TrunkCaller { DisplayName = "Fax, \"Bot\"", Headers = [CallerHeader.PAssertedIdentity, CallerHeader.RemotePartyId], Private = true },
            Signalling = new TrunkSignalling { PreferFax = true, RingTimeout = TimeSpan.FromSeconds(3) },
            Headers = new Dictionary<string, string> { ["X-Attempt"] = "{attempt}, (\"a\\b\"); c=[1]" },
        };
        var fax = new OutboundFax { Trunk = trunk, To = "+4930" + number, From = "+15550100", Reference = $"a{number}", Document = SampleTiff.Open(AsteriskLab.Sample("two-light-g4.tif")) };
        using var document = fax.Document;

        var call = FinishedCall.OfAsync(line.Originate(fax, FaxingAsterisk.Endpoint), Limit);
        var invite = Encoding.UTF8.GetString((await far.ReceiveAsync()).Buffer);
        var outcome = (await call).Outcome;

        foreach (var expected in (string[])
        [
            $"INVITE sip:77%23+4930{number}@127.0.0.1:{((IPEndPoint)far.Client.LocalEndPoint!).Port};user=phone SIP/2.0\r\n",
            "From: \"Anonymous\" <sip:anonymous@",
            "P-Asserted-Identity: \"Fax, \\\"Bot\\\"\" <sip:+15550100@127.0.0.1>\r\n",
            ";party=calling;screen=yes;privacy=full\r\n",
            "Privacy: id\r\n",
            "Accept-Contact: *;+sip.fax=\"t38\"\r\n",
            $"X-Attempt: a{number}, (\"a\\b\"); c=[1]\r\n",
        ]) Assert.Contains(expected, invite, StringComparison.Ordinal);
        Assert.True(outcome is { Class: OutcomeClass.NoAnswer or OutcomeClass.Congestion, Phase: OutcomePhase.Dial }, outcome.ToString());
    }

    private sealed record Case(string Number, OutcomeClass Class, OutcomePhase Phase, OutcomeParty Party, string Sentence)
    {
        public FaxMedium Medium { get; init; }

        public bool Ecm { get; init; } = true;

        public int BitRate { get; init; } = 14_400;

        public bool Fallback { get; init; } = true;

        public int? SipStatus { get; init; }

        public TrunkT38 T38 { get; init; } = new();

        public TimeSpan? NoFaxAfter { get; init; }
    }
}
