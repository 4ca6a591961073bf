using System.Diagnostics.CodeAnalysis;
using System.Net;
using Faxbot.Sip.InstantMessages;
using Faxbot.Sip.Messages;
using Faxbot.Sip.Registration;
using Faxbot.Sip.Transactions;
using Faxbot.Sip.Transports;

namespace Faxbot.Sip.Calls;

/// <summary>
/// A SIP user agent (RFC 3261) without sockets, clocks or threads. Give it messages, the passing of time and commands; after each, take all outputs.
/// Time is any steadily growing <see cref="TimeSpan"/>; the same origin must be used throughout. Not thread-safe: one pump owns it.
/// <code>
/// loop: wait for a message, a command, or Deadline
///       agent.HandleMessage(...) | agent.HandleTimeout(now) | call.HangUp(now) ...
///       while (agent.TryTakeOutput(out var output)) send the octets, or act on the event
/// </code>
/// </summary>
public sealed class SipUserAgent
{
    private readonly UserAgentCore _core;
    private readonly StatelessAnswers _stateless;

    public SipUserAgent(SipUserAgentOptions options)
    {
        _core = new UserAgentCore(options);
        _stateless = new StatelessAnswers(_core);
    }

    /// <summary>When <see cref="HandleTimeout"/> is due; null while nothing is. Earlier calls of it change nothing.</summary>
    public TimeSpan? Deadline => _core.Heap.Deadline;

    /// <summary>Calls without a last event.</summary>
    public int CallCount => _core.Calls.Count;

    /// <summary>Transactions that wait for a response, an ACK or stragglers.</summary>
    public int TransactionCount => _core.Transactions.Count;

    /// <summary>No call is left, and no request or response of ours waits for the peer's answer or ACK: a shell may stop now. Transactions may
    /// linger that only catch stragglers.</summary>
    public bool IsIdle => CallCount == 0 && !_core.Transactions.HasPending;

    /// <summary>Whom new calls and messages are not taken from, nor refused: they get no answer at all. Null ignores nobody. Asked for each INVITE and
    /// MESSAGE outside a call.</summary>
    public Func<SipHop, bool>? Ignores { get; set; }

    /// <summary>Takes the next output; false when there is none.</summary>
    public bool TryTakeOutput([NotNullWhen(true)] out SipOutput? output) => _core.TryTakeOutput(out output);

    /// <summary>Lets all timers elapse that are due.</summary>
    public void HandleTimeout(TimeSpan now) => _core.Heap.Elapse(now);

    /// <summary>The network does not reach that hop (an ICMP error, a connection that cannot be opened or broke): requests that wait there for a first
    /// response fail.</summary>
    public void HandleTransportError(SipHop remote, TimeSpan now)
    {
        _core.Transactions.HandleTransportError(remote, now);
        foreach (var registration in _core.Registrations.ToArray())
        {
            registration.HandleTransportError(remote, now);
        }
    }

    /// <summary>A stream brought a single CRLF: the answer to a keep-alive of ours (RFC 5626 4.4.1).</summary>
    public void HandlePong(SipHop remote) => _core.Registrations.ForEach(registration => registration.HandlePong(remote));

    /// <summary>Takes a datagram, or a message that <see cref="SipStreamFramer"/> cut out of a stream. Never throws, whatever it holds.</summary>
    /// <param name="message">The octets; not referred to afterwards.</param>
    /// <param name="remote">Where it came from.</param>
    /// <param name="local">The socket that it came to; replies leave from there.</param>
    /// <param name="now">The time.</param>
    public SipInputResult HandleMessage(ReadOnlySpan<byte> message, SipHop remote, IPEndPoint local, TimeSpan now)
    {
        var error = SipMessage.TryParse(message, _core.Options.Limits, out var parsed);
        return parsed switch
        {
            _ when error == SipParseError.Empty => SipInputResult.KeepAlive,
            SipRequest request => HandleRequest(request, error, remote, local, now),
            SipResponse response when error == SipParseError.None => HandleResponse(response, now),
            _ => SipInputResult.Unreadable,
        };
    }

    /// <summary>Makes a call. What becomes of it is reported by events, also when it cannot even be sent.</summary>
    public SipCall Invite(InviteRequest invite, TimeSpan now)
    {
        var call = new SipCall(_core, invite.CallId ?? _core.Tokens.NextCallId(), isOutgoing: true);
        if (_core.Calls.Count >= _core.Options.MaxCalls)
        {
            call.Finish(new SipCallEvent.Failed(call, SipFailure.Local(SipFailureOrigin.TooManyCalls)));
            return call;
        }

        _core.Calls.Add((call.CallId, call.LocalTag), call);
        call.Start(invite, now);
        return call;
    }

    /// <summary>Registers and keeps the binding; <see cref="SipOutput.RegistrationChanged"/> tells what comes of it.</summary>
    public SipRegistration Register(RegistrationRequest request, TimeSpan now)
    {
        var registration = new SipRegistration(_core, request);
        _core.Registrations.Add(registration);
        registration.Start(now);
        return registration;
    }

    /// <summary>Asks a peer for a sign of life with OPTIONS; <see cref="SipOutput.PingDone"/> tells.</summary>
    /// <param name="target">The request URI.</param>
    /// <param name="from">Who asks.</param>
    /// <param name="nextHop">Where to send it.</param>
    /// <param name="now">The time.</param>
    /// <param name="local">The socket to send from; null takes the options'.</param>
    public void Ping(SipUri target, SipNameAddr from, SipHop nextHop, TimeSpan now, IPEndPoint? local = null) =>
        new PingRequest(_core, new SipPing(target, nextHop), local ?? _core.Options.LocalEndPoint, now).Send(from);

    /// <summary>Sends an instant message (RFC 3428); <see cref="SipOutput.MessageDone"/> tells what became of it. It is the caller's part to send one
    /// after the other to one and the same destination (RFC 3428 8).</summary>
    public void SendMessage(InstantMessage message, TimeSpan now) => new OutgoingMessage(_core, message, now).Send(now);

    private SipInputResult HandleResponse(SipResponse response, TimeSpan now)
    {
        // RFC 3261 8.1.3.3: a second Via means that the response went astray.
        return response.Headers.Vias.Count == 1 && _core.Transactions.HandleResponse(response, now) ? SipInputResult.Handled : SipInputResult.Stray;
    }

    private SipInputResult HandleRequest(SipRequest request, SipParseError error, SipHop remote, IPEndPoint local, TimeSpan now)
    {
        request.TopVia = ViaRouting.Stamp(request.TopVia, remote.EndPoint);
        if (error != SipParseError.None)
        {
            return _stateless.AnswerBad(request, error, remote, local);
        }

        if (_core.Transactions.HandleRequest(request, now))
        {
            return SipInputResult.Handled;
        }

        if (request.Method == SipMethod.Ack)
        {
            return FindCall(request)?.HandleAck(request, now) == true ? SipInputResult.Handled : SipInputResult.Stray;
        }

        if ((request.Method == SipMethod.Invite || request.Method == SipMethod.Message) && request.To.Tag is null && Ignores?.Invoke(remote) == true)
        {
            return SipInputResult.Ignored;
        }

        if (_core.Transactions.IsFull)
        {
            return _stateless.AnswerOverloaded(request, remote, local);
        }

        var transaction = _core.Transactions.Accept(request, remote, local, now, out var isMerged);
        if (!UasRules.TryRefuse(_core, transaction, isMerged, now))
        {
            Dispatch(transaction, now);
        }

        return SipInputResult.Handled;
    }

    private void Dispatch(ServerTransaction transaction, TimeSpan now)
    {
        var request = transaction.Request;
        if (request.Method == SipMethod.Cancel)
        {
            HandleCancel(transaction, now);
        }
        else if (request.To.Tag is not null)
        {
            if (FindCall(request) is { } call)
            {
                call.HandleRequest(transaction, now);
            }
            else
            {
                _core.Respond(transaction, 481, now);
            }
        }
        else if (request.Method == SipMethod.Invite)
        {
            HandleInvite(transaction, now);
        }
        else if (request.Method == SipMethod.Message)
        {
            HandleInstantMessage(transaction, now);
        }
        else if (request.Method == SipMethod.Options)
        {
            RoutineAnswers.Answer(_core, transaction, null, now);
        }
        else
        {
            // BYE, UPDATE and INFO have no meaning outside a dialog.
            _core.Respond(transaction, 481, now);
        }
    }

    private void HandleInvite(ServerTransaction transaction, TimeSpan now)
    {
        if (_core.Calls.Count >= _core.Options.MaxCalls)
        {
            transaction.Respond(_stateless.WithRetryAfter(_core.CreateResponse(transaction, 503)), now);
        }
        else if (SessionTimer.IsTooShort(transaction.Request))
        {
            UasRules.RefuseInterval(_core, transaction, now);
        }
        else
        {
            var call = new SipCall(_core, transaction.Request.CallId, isOutgoing: false);
            _core.Calls.Add((call.CallId, call.LocalTag), call);
            call.Start(transaction, now);
        }
    }

    private void HandleInstantMessage(ServerTransaction transaction, TimeSpan now)
    {
        if (transaction.Request.Body.Length > _core.Options.LargestMessageBody)
        {
            _core.Respond(transaction, 413, now);
        }
        else
        {
            _core.Report(new SipOutput.MessageReceived(new IncomingMessage(_core, transaction)));
        }
    }

    // RFC 3261 9.2: the CANCEL has a final response of its own; whether it has an effect is the INVITE's affair.
    private void HandleCancel(ServerTransaction transaction, TimeSpan now)
    {
        if (_core.Transactions.FindCancelled(transaction.Request) is not { } invite)
        {
            _core.Respond(transaction, 481, now);
            return;
        }

        transaction.LocalTag = invite.LocalTag ??= _core.Tokens.NextTag();
        _core.Respond(transaction, 200, now);
        if (invite.IsPending)
        {
            invite.User?.HandleCancel(transaction.Request, now);
        }
    }

    private SipCall? FindCall(SipRequest request) => _core.Calls.GetValueOrDefault((request.CallId, request.To.Tag ?? ""));
}
