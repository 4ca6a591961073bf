using System.Net;
using System.Security.Cryptography;
using System.Text;
using Faxbot.Sip.Messages;
using Faxbot.Sip.Transactions;
using Faxbot.Sip.Transports;

namespace Faxbot.Sip.Calls;

/// <summary>
/// Answers that keep no state (RFC 3261 8.2.7): one datagram out for one in, never larger by more than a few headers, never to an ACK.
/// </summary>
internal sealed class StatelessAnswers
{
    private readonly UserAgentCore _core;
    private readonly byte[] _tagKey = new byte[32];

    public StatelessAnswers(UserAgentCore core)
    {
        _core = core;
        core.Options.Entropy(_tagKey);
    }

    public SipInputResult AnswerBad(SipRequest request, SipParseError error, SipHop remote, IPEndPoint local)
    {
        if (request.Method == SipMethod.Ack)
        {
            return SipInputResult.Unreadable;
        }

        var (status, phrase) = error == SipParseError.UnsupportedVersion ? (505, null) : (400, $"Bad Request - {error}");
        Send(request, request.CreateResponse(status, phrase, TagFor(request)), remote, local);
        return SipInputResult.AnsweredAsBad;
    }

    public SipInputResult AnswerOverloaded(SipRequest request, SipHop remote, IPEndPoint local)
    {
        Send(request, WithRetryAfter(request.CreateResponse(503, null, TagFor(request))), remote, local);
        return SipInputResult.Overloaded;
    }

    /// <summary>RFC 3261 21.5.4: without a Retry-After a 503 would put us out of use for good.</summary>
    public SipResponse WithRetryAfter(SipResponse response)
    {
        response.Headers.RetryAfter = new SipRetryAfter(TimeSpan.FromSeconds(5 + _core.Tokens.Next(6)));
        return response;
    }

    private void Send(SipRequest request, SipResponse response, SipHop remote, IPEndPoint local) =>
        _core.Send(response.ToArray(), ViaRouting.ReplyHop(request.TopVia, remote), local);

    // 8.2.7: the tag must be the same for each retransmission, and cannot be remembered.
    private string TagFor(SipRequest request) => Convert.ToHexStringLower(
        HMACSHA256.HashData(_tagKey, Encoding.UTF8.GetBytes(request.CallId + "\n" + request.CSeq + "\n" + request.TopVia.Branch)).AsSpan(0, 8));
}
