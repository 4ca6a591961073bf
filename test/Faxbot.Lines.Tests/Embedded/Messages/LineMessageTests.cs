using System.Net;
using Faxbot.Lines.Embedded;
using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Trunks;
using Faxbot.Testing;

namespace Faxbot.Lines.Tests.Embedded.Messages;

/// <summary>Text messages from one line to another on loopback.</summary>
public sealed class LineMessageTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TrunkInbound FromHere = new() { Networks = ["127.0.0.0/8"], Country = "1" };
    private readonly Certificates _authority = new();
    private readonly CollectedTexts _kept = new();
    private readonly CollectedTexts _answers = new();
    private readonly EmbeddedLine _far;
    private readonly EmbeddedLine _near;

    public LineMessageTests()
    {
        _far = Open(_kept, OnLoopback with { TlsCertificate = _authority.For("127.0.0.1") });
        _near = Open(_answers, OnLoopback with { TlsRoots = [_authority.Root] });
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static EmbeddedLineOptions OnLoopback => new() { Bind = new IPEndPoint(IPAddress.Loopback, 0) };

    public async ValueTask DisposeAsync()
    {
        await _near.DisposeAsync();
        await _far.DisposeAsync();
        _authority.Dispose();
    }

    [Theory]
    [InlineData(TrunkTransport.Udp)]
    [InlineData(TrunkTransport.Tcp)]
    [InlineData(TrunkTransport.Tls)]
    public async Task A_message_arrives_over_each_transport_with_its_numbers(TrunkTransport transport)
    {
        await using var trunk = Connect(_far, FromHere);

        var outcome = await SendAsync(_near, "grüße 👋", To(_far, transport));

        Assert.Equal((MessageState.Sent, 200, null), (outcome.State, outcome.SipStatus, outcome.Failure));
        var text = Assert.Single(_kept.Texts);
        Assert.Equal(("grüße 👋", "+15550123", "+15550100", "p"), (text.Text, text.To, text.From, text.Trunk.Holder));
    }

    [Fact]
    public async Task It_counts_as_sent_only_when_it_is_stored_at_the_far_end()
    {
        var stored = new TaskCompletionSource();
        var slow = new CollectedTexts { Storage = stored.Task };
        await using var far = Open(slow);
        await using var trunk = Connect(far, FromHere);

        var sending = SendAsync(_near, "hello", To(far));
        await slow.First.WaitAsync(Patience, Cancel);
        // The first repetition comes meanwhile, and is the same message.
        await Assert.ThrowsAsync<TimeoutException>(() => sending.WaitAsync(TimeSpan.FromMilliseconds(700), Cancel));
        stored.SetResult();

        Assert.Equal(MessageState.Sent, (await sending).State);
        Assert.Single(slow.Texts);
    }

    [Fact]
    public async Task What_cannot_be_stored_is_refused_so_that_the_sender_tries_again()
    {
        await using var full = Open(new CollectedTexts { Keeps = false });
        await using var trunk = Connect(full, FromHere);

        var outcome = await SendAsync(_near, "hello", To(full));

        Assert.Equal((MessageState.Undelivered, 503, OutcomeClass.Congestion), (outcome.State, outcome.SipStatus, outcome.Failure?.Class));
    }

    [Fact]
    public async Task Messages_to_one_number_go_one_after_the_other_in_their_order()
    {
        var stored = new TaskCompletionSource();
        var slow = new CollectedTexts { Storage = stored.Task };
        await using var far = Open(slow);
        await using var trunk = Connect(far, FromHere);

        var sending = Enumerable.Range(0, 20).Select(number => SendAsync(_near, $"{number}", To(far))).ToArray();
        await slow.First.WaitAsync(Patience, Cancel);
        Assert.Single(slow.Texts);
        stored.SetResult();
        await Task.WhenAll(sending).WaitAsync(Patience, Cancel);

        Assert.Equal(Enumerable.Range(0, 20).Select(number => $"{number}"), slow.Texts.Select(text => text.Text));
    }

    [Fact]
    public async Task One_that_waits_for_its_turn_can_be_given_up_and_the_next_goes_on()
    {
        var stored = new TaskCompletionSource();
        var slow = new CollectedTexts { Storage = stored.Task };
        await using var far = Open(slow);
        await using var trunk = Connect(far, FromHere);
        using var giveUp = new CancellationTokenSource();

        var first = SendAsync(_near, "first", To(far));
        var second = _near.SendMessageAsync(Message("second", To(far)), giveUp.Token);
        var third = SendAsync(_near, "third", To(far));
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        stored.SetResult();
        await Task.WhenAll(first, third).WaitAsync(Patience, Cancel);

        Assert.Equal(["first", "third"], slow.Texts.Select(text => text.Text));
    }

    [Theory]
    [InlineData(true, 405, OutcomeClass.Capability)]
    [InlineData(false, 403, OutcomeClass.Rejected)]
    public async Task Nobody_elses_message_is_taken(bool isTrunkOfCalls, int status, OutcomeClass expected)
    {
        await using var trunk = isTrunkOfCalls ? _far.Connect(Trunk(FromHere), "p") : Connect(_far, new TrunkInbound { Networks = ["192.0.2.0/24"] });

        var outcome = await SendAsync(_near, "hello", To(_far));

        Assert.Equal((MessageState.Undelivered, status, expected), (outcome.State, outcome.SipStatus, outcome.Failure?.Class));
        Assert.Empty(_kept.Texts);
    }

    [Fact]
    public async Task A_line_without_a_recipient_takes_none()
    {
        await using var deaf = Open(null);
        await using var trunk = Connect(deaf, FromHere);

        Assert.Equal((MessageState.Undelivered, 405), await SendAsync(_near, "hello", To(deaf)) is var outcome ? (outcome.State, outcome.SipStatus) : default);
    }

    [Fact]
    public async Task A_message_that_must_prove_itself_is_taken_with_the_trunks_own_password_alone()
    {
        var account = new TrunkCredentials { User = "line1", Password = "a-secret" };
        await using var trunk = _far.Connect(Trunk(new TrunkInbound { Authenticate = true }) with { Credentials = account }, "p", TrunkTraffic.Messages);

        Assert.Equal(MessageState.Sent, (await SendAsync(_near, "hello", To(_far) with { Credentials = account })).State);
        Assert.Equal(401, (await SendAsync(_near, "hello", To(_far))).SipStatus);
        Assert.Equal(403, (await SendAsync(_near, "hello", To(_far) with { Credentials = account with { Password = "wrong" } })).SipStatus);
        Assert.Single(_kept.Texts);
    }

    [Fact]
    public async Task Delivery_is_told_by_the_far_end_and_not_before()
    {
        await using var trunk = _far.Connect(To(_near) with { Inbound = FromHere }, "p", TrunkTraffic.Messages);
        await using var back = _near.Connect(To(_far) with { Inbound = FromHere }, "q", TrunkTraffic.Messages);

        var outcome = await SendAsync(_near, "hello", To(_far) with { Messages = new TrunkMessages { DeliveryNotices = true } }, "attempt-7");
        var notice = await _answers.Notice.WaitAsync(Patience, Cancel);

        Assert.Equal(MessageState.Sent, outcome.State);
        Assert.Equal(("attempt-7", MessageState.Delivered, "q"), (notice.Reference, notice.State, notice.Trunk.Holder));
        Assert.Equal("hello", Assert.Single(_kept.Texts).Text);
        Assert.Empty(_answers.Texts);
    }

    [Fact]
    public async Task A_number_that_the_trunk_does_not_reach_is_never_asked_for()
    {
        await using var trunk = Connect(_far, FromHere);

        var outcome = await SendAsync(_near, "hello", To(_far) with { Destinations = new TrunkDestinations { Allowed = ["+49"] } });

        Assert.Equal((MessageState.NeverSent, OutcomeParty.Policy), (outcome.State, outcome.Failure?.Party));
        Assert.Empty(_kept.Texts);
    }

    [Fact]
    public async Task A_message_too_long_for_UDP_is_not_sent_unless_the_trunk_takes_TCP()
    {
        await using var trunk = Connect(_far, FromHere);
        var text = new string('a', 1_500);
        var udp = To(_far);

        var tooLong = await SendAsync(_near, text, udp);
        var overTcp = await SendAsync(_near, text, udp with { Servers = [udp.Servers[0], udp.Servers[0] with { Transport = TrunkTransport.Tcp, Priority = 1 }] });

        Assert.Equal((MessageState.NeverSent, OutcomeClass.Rejected), (tooLong.State, tooLong.Failure?.Class));
        Assert.Equal(MessageState.Sent, overTcp.State);
        Assert.Equal(text, Assert.Single(_kept.Texts).Text);
    }

    private static EmbeddedLine Open(IMessageRecipient? recipient, EmbeddedLineOptions? options = null) => EmbeddedLine.Open(options ?? OnLoopback, TimeProvider.System, null, recipient);

    private static TrunkProfile Trunk(TrunkInbound inbound) => new() { Servers = [new TrunkServer { Host = "192.0.2.1" }], Inbound = inbound };

    private static TrunkConnection Connect(EmbeddedLine line, TrunkInbound inbound) => line.Connect(Trunk(inbound), "p", TrunkTraffic.Messages);

    private static TrunkProfile To(EmbeddedLine line, TrunkTransport transport = TrunkTransport.Udp) => new()
    {
        Servers =
        [
            new TrunkServer { Host = "127.0.0.1", Port = transport == TrunkTransport.Tls ? line.TlsEndPoint!.Port : line.LocalEndPoint.Port, Transport = transport },
        ],
    };

    private static OutboundMessage Message(string text, TrunkProfile trunk, string reference = "") =>
        new() { Trunk = trunk, To = "+15550123", From = "+15550100", Text = text, Reference = reference };

    private static Task<MessageOutcome> SendAsync(EmbeddedLine line, string text, TrunkProfile trunk, string reference = "") =>
        line.SendMessageAsync(Message(text, trunk, reference), Cancel).WaitAsync(Patience, Cancel);
}
