using System.Net;
using System.Text;
using Faxbot.Sip.Calls;
using Faxbot.Sip.InstantMessages;
using Faxbot.Sip.Messages;
using Faxbot.Sip.Registration;
using Faxbot.Sip.Transports;

namespace Faxbot.Sip.Tests.Calls;

/// <summary>One user agent in virtual time; the test plays the far end message by message and looks at each datagram.</summary>
internal sealed class WirePeer
{
    private readonly Queue<SipOutput.Send> _sent = [];
    private readonly Queue<SipCallEvent> _events = [];
    private int _tokens;

    public WirePeer(Func<SipUserAgentOptions, SipUserAgentOptions>? configure = null)
    {
        var options = new SipUserAgentOptions { LocalEndPoint = Us, Entropy = new SeededEntropy(99).Source };
        Agent = new SipUserAgent(configure?.Invoke(options) ?? options);
    }

    public static IPEndPoint Us { get; } = IPEndPoint.Parse("192.0.2.1:5060");

    public static IPEndPoint Them { get; } = IPEndPoint.Parse("198.51.100.7:5070");

    public static SipBody OurAudio { get; } = SipBody.FromSdp("our audio");

    public static SipBody TheirAudio { get; } = SipBody.FromSdp("their audio");

    public static SipBody OurFax { get; } = SipBody.FromSdp("our T.38");

    public static SipBody TheirFax { get; } = SipBody.FromSdp("their T.38");

    public SipUserAgent Agent { get; }

    public TimeSpan Now { get; private set; }

    public List<SipPing> Pings { get; } = [];

    public Queue<IncomingMessage> Messages { get; } = [];

    public Queue<InstantMessageResult> MessageResults { get; } = [];

    /// <summary>What registrations came to, and when.</summary>
    public List<(SipRegistrationState State, TimeSpan At)> Registrations { get; } = [];

    public IPEndPoint LastRemote { get; private set; } = Them;

    public SipHop LastHop { get; private set; } = Them;

    public int SentCount => _sent.Count;

    // What the user agent does.

    public SipRequest NextRequest(SipMethod method)
    {
        var request = Assert.IsType<SipRequest>(NextMessage());
        Assert.Equal(method, request.Method);
        return request;
    }

    public SipResponse NextResponse(int status)
    {
        var response = Assert.IsType<SipResponse>(NextMessage());
        Assert.Equal(status, response.Status);
        return response;
    }

    public T NextEvent<T>()
        where T : SipCallEvent
    {
        Assert.NotEmpty(_events);
        return Assert.IsType<T>(_events.Dequeue());
    }

    public void IsSilent()
    {
        Assert.Empty(_events);
        Assert.Empty(_sent.Select(sent => Encoding.UTF8.GetString(sent.Bytes.Span)));
    }

    public void Forget()
    {
        _sent.Clear();
        _events.Clear();
    }

    /// <summary>Lets time pass, deadline by deadline; the moments at which something was sent, from the start of the wait on.</summary>
    public List<TimeSpan> Wait(TimeSpan time)
    {
        var start = Now;
        var end = Now + time;
        var moments = new List<TimeSpan>();
        Drain();
        while (Agent.Deadline is { } deadline && deadline <= end)
        {
            Now = deadline > Now ? deadline : Now;
            Agent.HandleTimeout(Now);
            var before = _sent.Count;
            Drain();
            moments.AddRange(Enumerable.Repeat(Now - start, _sent.Count - before));
        }

        Now = end;
        return moments;
    }

    // What the test does.

    public SipCall Call(Func<InviteRequest, InviteRequest>? configure = null)
    {
        var invite = new InviteRequest
        {
            RequestUri = SipUri.Parse("sip:+15551234@trunk.example"),
            From = new SipNameAddr(SipUri.Parse("sip:+15550100@192.0.2.1")) { DisplayName = "Fax" },
            NextHop = Them,
            Body = OurAudio,
        };
        var call = Agent.Invite(configure?.Invoke(invite) ?? invite, Now);
        Drain();
        return call;
    }

    public SipRegistration Register(Func<RegistrationRequest, RegistrationRequest>? configure = null)
    {
        var request = new RegistrationRequest
        {
            Registrar = SipUri.Parse("sip:trunk.example"),
            AddressOfRecord = new SipNameAddr(SipUri.Parse("sip:fax@trunk.example")),
            Hops = [Them],
            KeepAlive = null,
        };
        var registration = Agent.Register(configure?.Invoke(request) ?? request, Now);
        Drain();
        return registration;
    }

    /// <summary>The next octets that are no message: a keep-alive.</summary>
    public byte[] NextOctets()
    {
        Assert.NotEmpty(_sent);
        return _sent.Dequeue().Bytes.ToArray();
    }

    public void Tell(Action<SipUserAgent, TimeSpan> news)
    {
        news(Agent, Now);
        Drain();
    }

    public void Do(Func<TimeSpan, bool> command)
    {
        Assert.True(command(Now));
        Drain();
    }

    public SipInputResult Receive(SipMessage message, SipHop? from = null) => Receive(message.ToArray(), from);

    public SipInputResult Receive(string text) => Receive(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n")), null);

    public SipInputResult Receive(byte[] bytes, SipHop? from)
    {
        var result = Agent.HandleMessage(bytes, from ?? Them, Us, Now);
        Drain();
        return result;
    }

    /// <summary>Answers a request of the user agent's.</summary>
    public SipResponse Respond(SipRequest request, int status, Action<SipResponse>? complete = null, string tag = "them")
    {
        var response = request.CreateResponse(status, toTag: tag);
        response.Headers.Contact = new SipNameAddr(SipUri.Parse($"sip:gw@{Them}"));
        complete?.Invoke(response);
        Receive(response, LastHop.IsReliable ? LastHop : null);
        return response;
    }

    public SipResponse RespondWithBody(SipRequest request, int status, SipBody body, string tag = "them") =>
        Respond(request, status, response => response.SetBody(body.ContentType, body.Bytes), tag);

    /// <summary>A new INVITE from the far end; not sent yet.</summary>
    public SipRequest CreateInvite(SipBody? body = null)
    {
        var invite = Create(SipMethod.Invite, SipUri.Parse($"sip:+15550100@{Us}"), 1);
        if (body is not null)
        {
            invite.SetBody(body.ContentType, body.Bytes);
        }

        return invite;
    }

    /// <summary>A request outside a dialog.</summary>
    public SipRequest Create(SipMethod method, SipUri uri, uint sequence)
    {
        _tokens++;
        var request = new SipRequest(method, uri)
        {
            From = new SipNameAddr(SipUri.Parse("sip:gw@trunk.example")).WithTag("them"),
            To = new SipNameAddr(uri),
            CallId = $"call-{_tokens}@trunk.example",
            CSeq = new SipCSeq(sequence, method),
        };
        request.Headers.PrependVia(NewVia());
        request.Headers.MaxForwards = 70;
        request.Headers.Contact = new SipNameAddr(SipUri.Parse($"sip:gw@{Them}"));
        return request;
    }

    public SipVia NewVia() => new("UDP", Them.Address.ToString()) { Port = Them.Port, Branch = $"z9hG4bKtest{_tokens++}" };

    /// <summary>A request within the dialog that one of our messages belongs to; not sent yet.</summary>
    public SipRequest CreateWithin(SipMessage ours, SipMethod method, uint sequence, SipBody? body = null)
    {
        var isOurRequest = ours is SipRequest;
        var request = new SipRequest(method, ours.Headers.Contact?.Uri ?? SipUri.Parse($"sip:{Us}"))
        {
            From = isOurRequest ? ours.To.WithTag(ours.To.Tag ?? "them") : ours.From,
            To = isOurRequest ? ours.From : ours.To,
            CallId = ours.CallId,
            CSeq = new SipCSeq(sequence, method),
        };
        request.Headers.PrependVia(NewVia());
        request.Headers.Contact = new SipNameAddr(SipUri.Parse($"sip:gw@{Them}"));
        if (body is not null)
        {
            request.SetBody(body.ContentType, body.Bytes);
        }

        return request;
    }

    /// <summary>The CANCEL, or the ACK of a failure, of that INVITE.</summary>
    public static SipRequest SameBranch(SipRequest invite, SipMethod method, string? toTag = null)
    {
        var request = new SipRequest(method, invite.RequestUri)
        {
            From = invite.From,
            To = invite.To.WithTag(toTag),
            CallId = invite.CallId,
            CSeq = invite.CSeq with { Method = method },
        };
        request.Headers.PrependVia(invite.TopVia);
        return request;
    }

    /// <summary>An outgoing call up to the ACK. Gives the call and the INVITE.</summary>
    public (SipCall Call, SipRequest Invite) EstablishOutgoing(Func<InviteRequest, InviteRequest>? configure = null)
    {
        var call = Call(configure);
        var invite = NextRequest(SipMethod.Invite);
        RespondWithBody(invite, 200, TheirAudio);
        NextRequest(SipMethod.Ack);
        NextEvent<SipCallEvent.Answered>();
        IsSilent();
        return (call, invite);
    }

    /// <summary>An incoming call up to its ACK. Gives the call and our 200.</summary>
    public (SipCall Call, SipResponse Ok) EstablishIncoming()
    {
        Receive(CreateInvite(TheirAudio));
        NextResponse(100);
        var call = NextEvent<SipCallEvent.Incoming>().Call;
        Do(now => call.Answer(OurAudio, now));
        var ok = NextResponse(200);
        Receive(CreateWithin(ok, SipMethod.Ack, 1));
        NextEvent<SipCallEvent.Acknowledged>();
        IsSilent();
        return (call, ok);
    }

    private SipMessage NextMessage()
    {
        Assert.NotEmpty(_sent);
        var sent = _sent.Dequeue();
        LastRemote = sent.Remote.EndPoint;
        LastHop = sent.Remote;
        Assert.Equal(SipParseError.None, SipMessage.TryParse(sent.Bytes.Span, SipLimits.Default, out var message));
        return message!;
    }

    private void Drain()
    {
        while (Agent.TryTakeOutput(out var output))
        {
            switch (output)
            {
                case SipOutput.Send send:
                    _sent.Enqueue(send);
                    break;
                case SipOutput.Report report:
                    _events.Enqueue(report.Event);
                    break;
                case SipOutput.MessageReceived received:
                    Messages.Enqueue(received.Message);
                    break;
                case SipOutput.MessageDone done:
                    MessageResults.Enqueue(done.Result);
                    break;
                case SipOutput.PingDone done:
                    Pings.Add(done.Ping);
                    break;
                case SipOutput.RegistrationChanged changed:
                    Registrations.Add((changed.Registration.State, Now));
                    break;
            }
        }
    }
}
