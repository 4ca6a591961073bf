using System.Net;
using Faxbot.Sip.Calls;
using Faxbot.Sip.Messages;
using Faxbot.Sip.Transactions;
using Faxbot.Sip.Transports;

namespace Faxbot.Sip.Tests.Transactions;

/// <summary>The timers around the charts, on both kinds of transport (RFC 3261 table 4).</summary>
public class TransactionTests
{
    private static readonly IPEndPoint Here = IPEndPoint.Parse("192.0.2.1:5060");
    private static readonly IPEndPoint There = IPEndPoint.Parse("192.0.2.2:5060");

    private readonly List<string> _sent = [];
    private readonly TransactionLayer _layer;
    private readonly Listener _listener = new();

    public TransactionTests() => _layer = new TransactionLayer(
        SipTimers.Default, 100, (bytes, _, _) => _sent.Add(System.Text.Encoding.UTF8.GetString(bytes.Span).Split(' ')[0]));

    [Theory]
    [InlineData("INVITE", false, 7)]
    [InlineData("INVITE", true, 1)]
    [InlineData("OPTIONS", false, 11)]
    [InlineData("OPTIONS", true, 1)]
    public void Only_an_unreliable_transport_has_requests_repeated_and_both_time_out_after_64_T1(string method, bool isReliable, int sends)
    {
        var transaction = Start(method, isReliable);
        RunUntil(31.9);
        Assert.Empty(_listener.Failures);
        RunUntil(32);

        Assert.Equal(sends, _sent.Count);
        Assert.Equal(SipFailureOrigin.NoResponse, Assert.Single(_listener.Failures));
        Assert.Equal((TransactionState.Terminated, 0), (transaction.State, _layer.Count));
    }

    [Theory]
    [InlineData("INVITE", 404, false, 32.0)]
    [InlineData("INVITE", 404, true, 0.0)]
    [InlineData("INVITE", 200, false, 32.0)]
    [InlineData("INVITE", 200, true, 32.0)]
    [InlineData("OPTIONS", 200, false, 5.0)]
    [InlineData("OPTIONS", 200, true, 0.0)]
    public void A_client_lingers_for_stragglers_by_timers_D_K_and_M(string method, int status, bool isReliable, double seconds)
    {
        var transaction = Start(method, isReliable);
        transaction.HandleResponse(transaction.Request.CreateResponse(status, toTag: "t"), TimeSpan.Zero);

        Assert.Equal(TimeSpan.FromSeconds(seconds), _layer.Heap.Deadline);
        RunUntil(seconds);
        Assert.Equal((TransactionState.Terminated, 0), (transaction.State, _layer.Count));
    }

    [Theory]
    [InlineData("INVITE", 404, false, 32.0)]
    [InlineData("INVITE", 200, false, 32.0)]
    [InlineData("INVITE", 200, true, 32.0)]
    [InlineData("OPTIONS", 200, false, 32.0)]
    [InlineData("OPTIONS", 200, true, 0.0)]
    public void A_server_lingers_by_timers_H_J_and_L(string method, int status, bool isReliable, double seconds)
    {
        var transaction = Accept(method, isReliable);
        transaction.Respond(transaction.Request.CreateResponse(status, toTag: "t"), TimeSpan.Zero);
        RunUntil(seconds - 0.001);
        Assert.NotEqual(TransactionState.Terminated, transaction.State);
        RunUntil(seconds);
        Assert.Equal(TransactionState.Terminated, transaction.State);
    }

    [Theory]
    [InlineData(false, 5.0, 2)]
    [InlineData(true, 0.0, 1)]
    public void An_acknowledged_failure_is_kept_for_timer_I(bool isReliable, double seconds, int sends)
    {
        var transaction = Accept("INVITE", isReliable);
        transaction.Respond(transaction.Request.CreateResponse(486, toTag: "t"), TimeSpan.Zero);
        RunUntil(0.6);
        Assert.True(transaction.HandleAck(TimeSpan.FromSeconds(0.6)));
        RunUntil(0.6 + seconds);

        Assert.Equal(sends, _sent.Count);
        Assert.Equal(TransactionState.Terminated, transaction.State);
    }

    [Fact]
    public void After_a_provisional_response_a_request_other_than_INVITE_is_repeated_every_T2()
    {
        var transaction = Start("OPTIONS", isReliable: false);
        RunUntil(0.5);
        transaction.HandleResponse(transaction.Request.CreateResponse(100), TimeSpan.FromSeconds(0.6));
        RunUntil(1.5);
        Assert.Equal(3, _sent.Count);
        RunUntil(5.4);
        Assert.Equal(3, _sent.Count);
        RunUntil(5.5);
        Assert.Equal(4, _sent.Count);
    }

    [Fact]
    public void A_final_response_is_given_once()
    {
        var transaction = Accept("OPTIONS", isReliable: false);
        transaction.Respond(transaction.Request.CreateResponse(200, toTag: "t"), TimeSpan.Zero);
        transaction.Respond(transaction.Request.CreateResponse(486, toTag: "t"), TimeSpan.Zero);
        transaction.HandleRequest(TimeSpan.Zero);

        Assert.Equal(2, _sent.Count);
    }

    private static SipRequest Request(string method)
    {
        var request = new SipRequest(new SipMethod(method), SipUri.Parse("sip:a@b.example"))
        {
            From = new SipNameAddr(SipUri.Parse("sip:c@d.example")).WithTag("f"),
            To = new SipNameAddr(SipUri.Parse("sip:a@b.example")),
            CallId = "c",
            CSeq = new SipCSeq(1, new SipMethod(method)),
        };
        request.Headers.PrependVia(new SipVia("UDP", "192.0.2.1") { Branch = "z9hG4bKx" });
        return request;
    }

    private static SipHop Hop(bool isReliable) => new(There, isReliable ? SipTransport.Tcp : SipTransport.Udp);

    private ClientTransaction Start(string method, bool isReliable)
    {
        var request = Request(method);
        var transaction = new ClientTransaction(_layer, _listener, request, request.ToArray(), Hop(isReliable), Here);
        transaction.Start(TimeSpan.Zero);
        return transaction;
    }

    private ServerTransaction Accept(string method, bool isReliable)
    {
        var request = Request(method);
        var transaction = new ServerTransaction(
            _layer, request, TransactionKey.OfServer(request, request.Method), Hop(isReliable), Here);
        transaction.Start(TimeSpan.Zero);
        return transaction;
    }

    private void RunUntil(double seconds)
    {
        var end = TimeSpan.FromSeconds(seconds);
        while (_layer.Heap.Deadline is { } deadline && deadline <= end)
        {
            _layer.Heap.Elapse(deadline);
        }
    }

    private sealed class Listener : IClientTransactionUser
    {
        public List<SipFailureOrigin> Failures { get; } = [];

        public void HandleResponse(ClientTransaction transaction, SipResponse response, TimeSpan now)
        {
        }

        public void HandleFailure(ClientTransaction transaction, SipFailureOrigin origin, TimeSpan now) => Failures.Add(origin);
    }
}
