using System.Globalization;
using System.Net;
using Faxbot.Sip.Calls;
using Faxbot.Sip.Messages;
using Faxbot.Sip.Transactions;
using Faxbot.Sip.Transports;

namespace Faxbot.Sip.InstantMessages;

/// <summary>A MESSAGE of ours until its final response (RFC 3428 4), with credentials.</summary>
internal sealed class OutgoingMessage : IClientTransactionUser
{
    private const int MaxTries = 5;
    private readonly UserAgentCore _core;
    private readonly InstantMessage _message;
    private readonly IPEndPoint _local;
    private readonly CallAuthorization _authorization;
    private readonly SipRequest _request;
    private SipHop _hop;
    private TimeSpan _sentAt;
    private int _tries;

    public OutgoingMessage(UserAgentCore core, InstantMessage message, TimeSpan now)
    {
        (_core, _message, _hop, _sentAt) = (core, message, message.NextHop, now);
        _local = message.Local ?? core.Options.LocalEndPoint;
        _authorization = new CallAuthorization(message.Credentials, core.Tokens);
        _request = CreateRequest();
    }

    public void Send(TimeSpan now)
    {
        _tries++;
        _sentAt = now;
        _authorization.Sign(_request);
        if (Way() is { } hop)
        {
            _hop = hop;
            _core.SendRequest(this, _request.Clone(), hop, _local, now);
        }
        else
        {
            // Told later, as any other failure, so that the caller knows by then what it sent.
            _core.Heap.Start(new SipTimer(later => Finish(null, SipFailure.Local(SipFailureOrigin.TooLarge), later)), now);
        }
    }

    public void HandleResponse(ClientTransaction transaction, SipResponse response, TimeSpan now)
    {
        if (response.IsProvisional)
        {
            return;
        }

        if (response.IsSuccess)
        {
            Finish(response, null, now);
        }
        else if (_tries < MaxTries && _authorization.TryLearn(transaction.Request, response))
        {
            // RFC 3261 22.2: the same Call-ID and From, the next CSeq.
            _request.CSeq = new SipCSeq(_request.CSeq.Number + 1, SipMethod.Message);
            Send(now);
        }
        else
        {
            Finish(null, SipFailure.Of(response), now);
        }
    }

    public void HandleFailure(ClientTransaction transaction, SipFailureOrigin origin, TimeSpan now) => Finish(null, SipFailure.Local(origin), now);

    private void Finish(SipResponse? response, SipFailure? failure, TimeSpan now) =>
        _core.Report(new SipOutput.MessageDone(_message, new InstantMessageResult(response, failure, _hop, now - _sentAt)));

    // RFC 3428 8: over a transport without congestion control no request is larger than 1300 octets. Null when there is no way for it.
    private SipHop? Way()
    {
        var hop = _message.NextHop;
        if (hop.IsReliable || _core.SizeOf(_request, hop, _local) <= (hop.LargestRequest ?? _core.Options.LargestUdpRequest))
        {
            return hop;
        }

        return hop.TakesLargeOverTcp ? hop with { Transport = SipTransport.Tcp } : null;
    }

    // RFC 3428 4: without a Contact, for it makes no dialog.
    private SipRequest CreateRequest()
    {
        var request = new SipRequest(SipMethod.Message, _message.RequestUri)
        {
            From = _message.From.WithTag(_core.Tokens.NextTag()),
            To = (_message.To ?? new SipNameAddr(_message.RequestUri)).WithTag(null),
            CallId = _core.Tokens.NextCallId(),
            CSeq = new SipCSeq(_core.Tokens.NextSequence(), SipMethod.Message),
        };
        request.Headers.Routes = [.. _message.Route.Select(uri => new SipNameAddr(uri))];
        foreach (var header in _message.Headers)
        {
            request.Headers.Add(header.Name, header.Value);
        }

        request.Headers.Expires = _message.Expires;
        request.Headers[SipHeaderNames.Date] = _message.Date?.ToUniversalTime().ToString("r", CultureInfo.InvariantCulture);
        request.SetBody(_message.Body.ContentType, _message.Body.Bytes);
        return request;
    }
}
