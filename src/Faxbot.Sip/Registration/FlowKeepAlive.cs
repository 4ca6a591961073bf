using Faxbot.Sip.Calls;
using Faxbot.Sip.Messages;
using Faxbot.Sip.Transactions;

namespace Faxbot.Sip.Registration;

/// <summary>Keeps the flow to a registrar open: a double CRLF on a stream (RFC 5626 4.4.1), OPTIONS on UDP, where the answer shows as well that the server lives.</summary>
internal sealed class FlowKeepAlive : IClientTransactionUser
{
    private static readonly byte[] Ping = "\r\n\r\n"u8.ToArray();

    // RFC 5626 4.4.1: the pong must come within 10 s.
    private static readonly TimeSpan PongLimit = TimeSpan.FromSeconds(10);

    private readonly UserAgentCore _core;
    private readonly SipRegistration _registration;
    private readonly Action<TimeSpan> _lost;
    private readonly SipTimer _next;
    private readonly SipTimer _pong;
    private ClientTransaction? _options;
    private bool _answers;

    /// <param name="core">Whose timers run.</param>
    /// <param name="registration">Whose flow it is.</param>
    /// <param name="lost">The flow is dead.</param>
    public FlowKeepAlive(UserAgentCore core, SipRegistration registration, Action<TimeSpan> lost)
    {
        _core = core;
        _registration = registration;
        _lost = lost;
        _next = new SipTimer(Send);
        _pong = new SipTimer(lost);
    }

    public void Start(TimeSpan now)
    {
        if (_registration.Request.KeepAlive is { } interval && !_next.IsRunning)
        {
            // 4.4: between 80 and 100 % of the interval.
            _core.Heap.Start(_next, now + (interval * (1 - (0.2 * _core.Tokens.NextShare()))));
        }
    }

    public void Stop()
    {
        _core.Heap.Stop(_next);
        _core.Heap.Stop(_pong);
        _options = null;
        _answers = false;
    }

    /// <summary>A single CRLF came back. From then on its absence means something: many servers that know RFC 3261 only never answer.</summary>
    public void HandlePong()
    {
        _answers = true;
        _core.Heap.Stop(_pong);
    }

    public void HandleResponse(ClientTransaction transaction, SipResponse response, TimeSpan now)
    {
        if (response.IsFinal && transaction == _options)
        {
            _options = null;
            _answers = true;
        }
    }

    public void HandleFailure(ClientTransaction transaction, SipFailureOrigin origin, TimeSpan now)
    {
        if (transaction != _options)
        {
            return;
        }

        _options = null;
        if (_answers)
        {
            _lost(now);
        }
    }

    private void Send(TimeSpan now)
    {
        var local = _registration.Request.Local ?? _core.Options.LocalEndPoint;
        if (_registration.Hop.IsReliable)
        {
            _core.Send(Ping, _registration.Hop, local);
            if (_answers)
            {
                _core.Heap.Start(_pong, now + PongLimit);
            }
        }
        else if (_options is null)
        {
            var request = _core.CreateOptions(_registration.Request.Registrar, _registration.Request.AddressOfRecord, _registration.Contact);
            _options = _core.SendRequest(this, request, _registration.Hop, local, now);
        }

        Start(now);
    }
}
