using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Threading.Channels;
using Faxbot.Fax.T30;
using Faxbot.Imaging.Pages;
using Faxbot.Lines.Embedded;
using Faxbot.Lines.Embedded.Media;
using Faxbot.Lines.Embedded.Signalling;
using Faxbot.Lines.Outcomes;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Trunks;
using Faxbot.Sip.Calls;
using Faxbot.Sip.Transports;
using Faxbot.Testing;
using Faxbot.Testing.Faxes;

namespace Faxbot.Lines.Tests.Embedded;

/// <summary>Far ends that ask for T.38 again while a page is on its way: once, late, or several times in a row.</summary>
public sealed class RepeatedSwitchTests : IAsyncDisposable
{
    private static readonly TrunkT38 T38 = new() { Switch = T38Switch.FarEnd, InboundSwitch = T38Switch.FarEnd };
    private readonly ScaledTimeProvider _time = new(5);
    private readonly CollectedPages _pages = new();
    private readonly BitmapDocument _document = new(FaxResolution.Standard, SamplePages.Text(1728, 400, 1));
    // Numbers of the re-INVITEs that our line took with T.38.
    private readonly ConcurrentDictionary<string, byte> _taken = new();
    private readonly TaskCompletionSource<FaxCall> _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<FaxCall> _farEnd = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly EmbeddedLine _line;
    private (SipPort Port, SipCall Sip, CallMedia Media)? _asking;
    private int _again;
    private SipPort? _peer;

    public RepeatedSwitchTests() => _line = EmbeddedLine.Open(
        Options with { InboundT38 = T38, Tap = (_, _, datagram) => Note(Encoding.ASCII.GetString(datagram)) },
        _time,
        _ => new IncomingDecision.Accept(_pages, _arrived.SetResult));

    private static EmbeddedLineOptions Options => new() { Bind = new IPEndPoint(IPAddress.Loopback, 0) };

    public async ValueTask DisposeAsync()
    {
        await _line.DisposeAsync();
        if (_peer is not null) await _peer.DisposeAsync();
        _document.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_page_that_we_send_goes_on(int again)
    {
        _again = again;
        var peer = _peer = SipPort.Open(Options, _time, (incoming, events) => _farEnd.SetResult(Receive(incoming, events)));

        var call = _line.Originate(new OutboundFax
        {
            Trunk = new TrunkProfile { Servers = [new TrunkServer { Host = "127.0.0.1", Port = peer.LocalEndPoint.Port }], T38 = T38 }, To = "+15550199", From = "+15550100", Document = _document,
        });

        await AssertGoesOnAsync(call, await _farEnd.Task);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_page_that_we_receive_goes_on(int again)
    {
        _again = again;
        _peer = SipPort.Open(Options, _time, (_, _) => { });

        var farEnd = Send(_peer);

        await AssertGoesOnAsync(await _arrived.Task, farEnd);
    }

    private async Task AssertGoesOnAsync(FaxCall ours, FaxCall farEnd)
    {
        var limit = TimeSpan.FromMinutes(1);
        await AskAgainAsync(farEnd);
        var (outcome, other) = (await ours.Completion.WaitAsync(limit), await farEnd.Completion.WaitAsync(limit));

        Assert.True((outcome.Class, other.Class) == (OutcomeClass.Success, OutcomeClass.Success), $"{outcome}\n{other}");
        Assert.True(Assert.Single(_pages.Kept).Equals(_document.Pages[0]));
        // The first one brought the call to T.38.
        Assert.Equal(1 + _again, _taken.Count);
    }

    // As soon as the first page is on its way; each time when the one before is through.
    private async Task AskAgainAsync(FaxCall farEnd)
    {
        await foreach (var happened in farEnd.Events)
        {
            if (happened.Event is not LineEvent.Fax { Event: FaxEvent.PageStarted }) continue;
            for (var time = 0; time < _again; time++) await ReinviteAsync();
        }
    }

    private async Task ReinviteAsync()
    {
        var (port, sip, media) = _asking!.Value;
        var offer = media.OfferT38();
        var isSent = false;
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!isSent && await look.WaitForNextTickAsync(TestContext.Current.CancellationToken)) port.Do(now => isSent = sip.Reinvite(offer, now));
    }

    private FaxCall Receive(SipCallEvent.Incoming incoming, ChannelReader<SipCallEvent> events) => new(_time, async (call, cancel) =>
    {
        var media = CallMedia.TryOpen(_peer!, IPAddress.Loopback, T38, new TrunkAudio())!;
        _peer!.Do(now => incoming.Call.Answer(media.AnswerAudio(CallMedia.Read(incoming.Body)!)!, now));
        return await FaxAsync(incoming.Call, events, media, call, _ => new FaxReceiver(_pages, new ReceiverOptions()), result => FaxOutcomes.Received(result), cancel);
    });

    private FaxCall Send(SipPort port) => new(_time, async (call, cancel) =>
    {
        var media = CallMedia.TryOpen(port, IPAddress.Loopback, T38, new TrunkAudio())!;
        var fax = new OutboundFax { Trunk = new TrunkProfile { Servers = [new TrunkServer { Host = "127.0.0.1" }], T38 = T38 }, To = "+15550199", From = "+15550100", Document = _document };
        var invite = InviteComposer.Compose(fax.Target, fax.Trunk.Servers[0], new SipHop(_line.LocalEndPoint, SipTransport.Udp), port.LocalEndPoint, media.FirstOffer(), flow: null)!;
        var sip = port.Invite(invite, out var events);
        while (await events.ReadAsync(cancel) is not SipCallEvent.Answered) { }
        return await FaxAsync(sip, events, media, call, agreement => new FaxTransmitter(_document, new TransmitterOptions { OmitFill = agreement.OmitsFill }), result => FaxOutcomes.Sent(result, 1), cancel);
    });

    private async Task<FaxOutcome> FaxAsync(
        SipCall sip, ChannelReader<SipCallEvent> events, CallMedia media, FaxCall call, Func<T38Agreement, IT30Machine> machine, Func<FaxResult, FaxOutcome> describe, CancellationToken cancel)
    {
        using (media)
        {
            var answered = new AnsweredCall(_peer!, new DialledCall(sip, events, media, new CallEnd(_peer!, sip, events, _time, call)), new SwitchPolicy(T38Switch.Us, TimeSpan.Zero, TimeSpan.FromSeconds(40)), _time, call);
            var agreement = await answered.SwitchAsync(leg: null, FaxTone.Cng, cancel) ?? throw new InvalidOperationException($"{answered.NotSwitched}");
            _asking = (_peer!, sip, media);
            var fax = machine(agreement);
            using var disposing = fax as IDisposable;
            var outcome = describe(await answered.FaxAsync(fax, agreement, cancel));
            await answered.HangUpAsync();
            return outcome;
        }
    }

    private void Note(string datagram)
    {
        if (!datagram.StartsWith("SIP/2.0 200", StringComparison.Ordinal) || !datagram.Contains("udptl", StringComparison.Ordinal)) return;
        _taken.TryAdd(datagram.Split("CSeq: ")[1].Split(' ')[0], 0);
    }
}
