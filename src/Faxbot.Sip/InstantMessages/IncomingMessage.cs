using Faxbot.Sip.Auth;
using Faxbot.Sip.Calls;
using Faxbot.Sip.Messages;
using Faxbot.Sip.Transactions;
using Faxbot.Sip.Transports;

namespace Faxbot.Sip.InstantMessages;

/// <summary>
/// An instant message of a peer's (RFC 3428 7). It is answered once; until then and for a while after, its retransmissions are seen to by themselves.
/// Not thread-safe: the user agent's pump owns it.
/// </summary>
public sealed class IncomingMessage
{
    private readonly UserAgentCore _core;
    private readonly ServerTransaction _transaction;

    internal IncomingMessage(UserAgentCore core, ServerTransaction transaction)
    {
        _core = core;
        _transaction = transaction;
    }

    /// <summary>The MESSAGE.</summary>
    public SipRequest Request => _transaction.Request;

    /// <summary>Where it came from.</summary>
    public SipHop Peer => _transaction.Source;

    /// <summary>Takes it; false when it was answered before.</summary>
    /// <param name="now">The time.</param>
    /// <param name="isForLater">202: it is kept to be passed on, and whether it reaches anybody is not known yet. Otherwise 200: it is here.</param>
    public bool Accept(TimeSpan now, bool isForLater = false) => Answer(isForLater ? 202 : 200, now);

    /// <summary>Refuses it; false when it was answered before.</summary>
    /// <param name="status">300 to 699; 405 says with Allow that nobody here takes any.</param>
    /// <param name="now">The time.</param>
    /// <param name="headers">Header fields of the answer.</param>
    public bool Reject(int status, TimeSpan now, IReadOnlyList<SipHeader>? headers = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 300);
        return Answer(status, now, response =>
        {
            if (status == 405)
            {
                Capabilities.WriteAllowWithoutMessage(response);
            }

            foreach (var header in headers ?? [])
            {
                response.Headers.Add(header.Name, header.Value);
            }
        });
    }

    /// <summary>Refuses it for now: 503 with a Retry-After (RFC 3261 21.5.4).</summary>
    public bool Postpone(TimeSpan delay, TimeSpan now) => Answer(503, now, response => response.Headers.RetryAfter = new SipRetryAfter(delay));

    /// <summary>Refuses it for what it carries: 415 with what is taken (RFC 3261 21.4.13), or 400.</summary>
    public bool Reject(MessageContentError error, TimeSpan now) => error switch
    {
        MessageContentError.UnsupportedType => Answer(415, now, response => response.Headers[SipHeaderNames.Accept] = MessageContent.Accepted),
        MessageContentError.UnsupportedEncoding => Answer(415, now, response =>
        {
            response.Headers[SipHeaderNames.Accept] = MessageContent.Accepted;
            response.Headers["Accept-Encoding"] = "identity";
        }),
        _ => Answer(400, now),
    };

    /// <summary>Asks who it is from (401).</summary>
    public bool Challenge(DigestChallenge challenge, TimeSpan now) =>
        Reject(401, now, [new SipHeader(SipHeaderNames.WwwAuthenticate, challenge.ToString())]);

    private bool Answer(int status, TimeSpan now, Action<SipResponse>? complete = null)
    {
        if (!_transaction.IsPending)
        {
            return false;
        }

        // RFC 3428 7: neither a Contact nor a body.
        var response = _core.CreateResponse(_transaction, status);
        complete?.Invoke(response);
        _transaction.Respond(response, now);
        return true;
    }
}
