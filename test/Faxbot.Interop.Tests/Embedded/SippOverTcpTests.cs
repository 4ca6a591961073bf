using System.Net;
using Faxbot.Imaging.Pages;
using Faxbot.Interop.Tests.Sip;
using Faxbot.Lines;
using Faxbot.Lines.Embedded;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Trunks;
using Faxbot.Testing.Faxes;
using Faxbot.Testing.Network;
using Faxbot.Testing.Sipp;
using static Faxbot.Interop.Tests.Embedded.SippScenarioExtensions;
using static Faxbot.Interop.Tests.Sip.SippScenario;

namespace Faxbot.Interop.Tests.Embedded;

/// <summary>sipp and our embedded line over TCP, each as the caller; and servers of sipp of which some do not take the call.</summary>
public sealed class SippOverTcpTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(40);
    private static readonly SippOptions Tcp = new() { Tcp = true };

    private static SippScenario RefusesT38 => Answered().AnswersT38("488 Not Acceptable Here");

    private static SippScenario Unavailable =>
        new SippScenario().ReceiveRequest("INVITE").Respond("503 Service Unavailable", headers: "Retry-After: 60").ReceiveRequest("ACK");

    [Fact]
    public async Task Calls_sipp_and_speaks_with_it_over_one_connection()
    {
        await using var peer = await SippPeer.StartAsync(RefusesT38.ToString(), Tcp);

        var outcome = await CallAsync(At(peer.EndPoint, TrunkTransport.Tcp));

        (await peer.ResultAsync(Limit)).EnsureSuccess();
        Assert.Equal((OutcomeClass.Negotiation, 488), (outcome.Class, outcome.SipStatus));
    }

    [Fact]
    public async Task Is_called_by_sipp_and_answers_over_the_connection_that_came()
    {
        var arrived = new TaskCompletionSource<FaxCall>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var line = EmbeddedLine.Open(
            FinishedCall.OnLoopback with { InboundT38 = new TrunkT38 { InboundSwitch = T38Switch.FarEnd } }, TimeProvider.System,
            _ => new IncomingDecision.Accept(new CollectedPages(), arrived.SetResult));
        var scenario = Calling().SendAsCaller("ACK", 1).AsksAsCaller(2, Body.Image, LiveImage).HangsUpAsCaller(3);
        await using var peer = await SippPeer.StartAsync(scenario.ToString(), Tcp with { Remote = line.LocalEndPoint.ToString() });

        (await peer.ResultAsync(Limit)).EnsureSuccess();
        var received = await FinishedCall.OfAsync(await arrived.Task.WaitAsync(Limit, TestContext.Current.CancellationToken), Limit);
        Assert.Equal(OutcomeClass.NotFax, received.Outcome.Class);
    }

    [Fact]
    public async Task Goes_on_past_a_closed_port_and_a_503_to_the_server_that_takes_the_call()
    {
        using var closed = PortReservation.Take();
        await using var busy = await SippPeer.StartAsync(Unavailable.ToString());
        await using var good = await SippPeer.StartAsync(RefusesT38.ToString(), Tcp);

        var outcome = await CallAsync(At(closed.EndPoint, TrunkTransport.Tcp), At(busy.EndPoint, TrunkTransport.Udp), At(good.EndPoint, TrunkTransport.Tcp));

        (await busy.ResultAsync(Limit)).EnsureSuccess();
        (await good.ResultAsync(Limit)).EnsureSuccess();
        Assert.Equal((OutcomeClass.Negotiation, 488), (outcome.Class, outcome.SipStatus));
    }

    [Fact]
    public async Task Sends_a_large_INVITE_over_TCP_where_the_server_takes_it()
    {
        await using var peer = await SippPeer.StartAsync(RefusesT38.ToString(), Tcp);

        var outcome = await CallAsync(300, At(peer.EndPoint, TrunkTransport.Udp), At(peer.EndPoint, TrunkTransport.Tcp) with { Priority = 1 });

        Assert.Contains("Via: SIP/2.0/TCP", (await peer.ResultAsync(Limit)).EnsureSuccess().Messages, StringComparison.Ordinal);
        Assert.Equal((OutcomeClass.Negotiation, 488), (outcome.Class, outcome.SipStatus));
    }

    private static TrunkServer At(IPEndPoint place, TrunkTransport transport) => new() { Host = $"{place.Address}", Port = place.Port, Transport = transport };

    private static Task<FaxOutcome> CallAsync(params TrunkServer[] servers) => CallAsync(1300, servers);

    private static async Task<FaxOutcome> CallAsync(int maxRequest, params TrunkServer[] servers)
    {
        await using var line = FinishedCall.OpenLine();
        using var document = new BitmapDocument(FaxResolution.Standard, SamplePages.Text(1728, 50, 1));
        var call = await FinishedCall.OfAsync(line.Originate(new OutboundFax
        {
            Trunk = new TrunkProfile { Servers = servers, T38 = new() { Switch = T38Switch.Us }, Signalling = new() { MaxRequest = maxRequest } },
            To = "5550100",
            Document = document,
        }), Limit);
        return call.Outcome;
    }
}
