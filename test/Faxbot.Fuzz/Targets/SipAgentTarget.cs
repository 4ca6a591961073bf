using System.Net;
using System.Text;
using Faxbot.Sip.Calls;
using Faxbot.Sip.InstantMessages;

namespace Faxbot.Fuzz.Targets;

/// <summary>
/// A user agent that is called: an input is a stream of datagrams, each cut off by a zero octet; the octet after it says how many
/// half seconds pass. Calls and messages are answered as they come in. In the end nothing may be left running.
/// </summary>
internal sealed class SipAgentTarget : IFuzzTarget
{
    private static readonly IPEndPoint Local = new(IPAddress.Loopback, 5060);
    private static readonly IPEndPoint Remote = new(IPAddress.Parse("127.0.0.2"), 5060);
    private static readonly SipBody Answer = new("v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n"u8.ToArray());

    public string Name => "sip-agent";

    public IEnumerable<byte[]> Seeds
    {
        get
        {
            var bye = Request("BYE", 2, "");
            yield return Join(Request("INVITE", 1, "v=0\r\no=- 1 1 IN IP4 127.0.0.2\r\ns=-\r\nc=IN IP4 127.0.0.2\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n"), Request("ACK", 1, ""), bye);
            yield return Join(Request("MESSAGE", 1, "hello"), Request("MESSAGE", 1, "hello"));
            yield return Join(Request("INVITE", 1, ""), Request("CANCEL", 1, ""), Request("OPTIONS", 3, ""), bye);
            foreach (var message in SipSamples.Messages) yield return Join(Encoding.Latin1.GetString(message));
        }
    }

    public void Run(ReadOnlySpan<byte> input)
    {
        var next = 0;
        var agent = new SipUserAgent(new SipUserAgentOptions
        {
            LocalEndPoint = Local,
            TakesMessages = true,
            MaxCalls = 4,
            MaxTransactions = 50,
            Entropy = span =>
            {
                foreach (ref var octet in span) octet = (byte)(next = (next * 13) + 7);
            },
        });
        var now = TimeSpan.Zero;
        while (!input.IsEmpty)
        {
            var end = input.IndexOf((byte)0);
            agent.HandleMessage(end < 0 ? input : input[..end], Remote, Local, now);
            Drain(agent, now);
            input = end < 0 ? [] : input[(end + 1)..];
            if (input.IsEmpty) break;
            now += TimeSpan.FromSeconds(input[0] / 2.0);
            agent.HandleTimeout(now);
            Drain(agent, now);
            input = input[1..];
        }

        // All timers of an unanswered call run out within minutes; a session timer needs some more.
        for (var i = 0; i < 400 && agent.Deadline is { } deadline; i++)
        {
            agent.HandleTimeout(now = deadline > now ? deadline : now);
            Drain(agent, now);
        }

        if (agent.TransactionCount > 0 && agent.Deadline is null) throw new InvalidOperationException("A transaction waits for nothing.");
    }

    private static void Drain(SipUserAgent agent, TimeSpan now)
    {
        for (var outputs = 0; agent.TryTakeOutput(out var output); outputs++)
        {
            if (outputs > 200) throw new InvalidOperationException("Outputs without end.");
            if (output is SipOutput.MessageReceived { Message: var message }) Take(message, now);
            if (output is SipOutput.Report { Event: SipCallEvent.Incoming incoming }) incoming.Call.Answer(Answer, now);
            if (output is SipOutput.Report { Event: SipCallEvent.Offered offered }) offered.Call.AnswerReinvite(Answer, now);
        }
    }

    private static void Take(IncomingMessage message, TimeSpan now)
    {
        var error = MessageContent.TryRead(message.Request, CpimLimits.Default, out _);
        if (!(error == MessageContentError.None ? message.Accept(now) : message.Reject(error, now))) throw new InvalidOperationException("A message was answered before.");
    }

    private static string Request(string method, int sequence, string body) =>
        $"{method} sip:f@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.2;branch=z9hG4bK{sequence}\r\nMax-Forwards: 70\r\nTo: <sip:f@127.0.0.1>\r\nFrom: <sip:a@127.0.0.2>;tag=a\r\n"
        + $"Call-ID: c\r\nCSeq: {sequence} {method}\r\nContact: <sip:a@127.0.0.2>\r\n{(body.Length > 0 ? "Content-Type: application/sdp\r\n" : "")}Content-Length: {body.Length}\r\n\r\n{body}";

    private static byte[] Join(params string[] datagrams) => Encoding.Latin1.GetBytes(string.Join("\0\x01", datagrams));
}
