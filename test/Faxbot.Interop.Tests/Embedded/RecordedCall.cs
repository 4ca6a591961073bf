using System.Net;
using Faxbot.Imaging.Pages;
using Faxbot.Lines;
using Faxbot.Lines.Embedded;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Trunks;
using Faxbot.Testing;
using Faxbot.Testing.Captures;
using Faxbot.Testing.Faxes;

namespace Faxbot.Interop.Tests.Embedded;

/// <summary>A whole fax between two embedded lines on loopback, with a capture of all that both send.</summary>
internal sealed record RecordedCall(FinishedCall Sent, IPEndPoint Caller, IPEndPoint Called)
{
    /// <summary>Both clocks run this much faster than the wall's.</summary>
    private const int TimeScale = 5;

    /// <summary>Calls, switches to T.38 upon the caller's wish after two seconds of tones, sends <paramref name="document"/>, hangs up.</summary>
    public static async Task<RecordedCall> MakeAsync(string capture, TrunkT38 t38, IFaxDocument document, CollectedPages pages, TrunkTransport transport = TrunkTransport.Udp)
    {
        using var file = new PcapWriter(capture);
        var time = new ScaledTimeProvider(TimeScale);
        var start = time.GetTimestamp();
        var options = FinishedCall.OnLoopback with
        {
            Tap = (from, to, datagram) => file.Write(time.GetElapsedTime(start), from, to, datagram),
            StreamTap = (from, to, octets) => file.WriteStream(time.GetElapsedTime(start), from, to, octets),
        };
        var arrived = new TaskCompletionSource<FaxCall>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var called = EmbeddedLine.Open(
            options with { InboundT38 = t38 with { InboundSwitch = T38Switch.FarEnd }, Receiver = new() { Identity = "+1 555 0199" } },
            time, _ => new IncomingDecision.Accept(pages, arrived.SetResult));
        await using var caller = EmbeddedLine.Open(options, time);

        var trunk = FinishedCall.Trunk(called.LocalEndPoint.Port, t38 with { Switch = T38Switch.Either, SwitchAfter = TimeSpan.FromSeconds(2) });
        var call = caller.Originate(new OutboundFax
        {
            Trunk = trunk with { Servers = [trunk.Servers[0] with { Transport = transport }] },
            To = "+15550199",
            From = "+15550100",
            Identity = "+1 555 0100",
            Subaddress = "12",
            SenderIdentification = "34",
            Document = document,
            Ecm = t38.Ecm,
        });
        var sent = await FinishedCall.OfAsync(call, TimeSpan.FromMinutes(2));
        Assert.Equal(OutcomeClass.Success, (await (await arrived.Task).Completion).Class);
        return new RecordedCall(sent, caller.LocalEndPoint, called.LocalEndPoint);
    }
}
