using System.Net;
using Faxbot.Sip.Calls;
using Faxbot.Sip.Messages;
using Faxbot.Sip.Transactions;
using Faxbot.Sip.Transports;

namespace Faxbot.Sip.Registration;

/// <summary>
/// One binding at a registrar, kept until <see cref="Unregister"/> (RFC 3261 10.2): registers, answers challenges, refreshes before expiry, takes the
/// longer interval of 423, goes on to the next server and backs off on failure, keeps the flow open. Each change is a
/// <see cref="SipOutput.RegistrationChanged"/>. Not thread-safe: the user agent's pump owns it.
/// </summary>
public sealed class SipRegistration : IClientTransactionUser
{
    private const int MaxRounds = 6;
    private static readonly TimeSpan LongestRefreshMargin = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(7);

    private readonly UserAgentCore _core;
    private readonly CallAuthorization _authorization;
    private readonly SipNameAddr _from;
    private readonly string _callId;
    private readonly IPEndPoint _local;
    private readonly SipTimer _timer;
    private readonly SipTimer _silence;
    private readonly FlowKeepAlive _keepAlive;
    private ClientTransaction? _transaction;
    private uint _sequence;
    private TimeSpan _interval;
    private int _rounds;
    private int _hop;
    private int _hopsTried;
    private int _failures;
    private SipNameAddr? _replaced;
    private bool _hasMoved;

    internal SipRegistration(UserAgentCore core, RegistrationRequest request)
    {
        ArgumentOutOfRangeException.ThrowIfZero(request.Hops.Count, nameof(request));
        _core = core;
        Request = request;
        Hops = request.Hops;
        _local = request.Local ?? core.Options.LocalEndPoint;
        _authorization = new CallAuthorization(request.Credentials, core.Tokens);
        _from = request.AddressOfRecord.WithTag(core.Tokens.NextTag());
        _callId = core.Tokens.NextCallId();
        _sequence = core.Tokens.NextSequence();
        _interval = request.Expires;
        _timer = new SipTimer(Send);
        _silence = new SipTimer(HandleSilence);
        _keepAlive = new FlowKeepAlive(core, this, HandleFlowLost);
        Contact = core.ContactAt(_local, Hop.Transport, request.ContactUser ?? request.AddressOfRecord.Uri.User);
    }

    public RegistrationRequest Request { get; }

    public SipRegistrationState State { get; private set; }

    /// <summary>The servers, as last given.</summary>
    public IReadOnlyList<SipHop> Hops { get; private set; }

    /// <summary>The server that is in use.</summary>
    public SipHop Hop => Hops[_hop];

    /// <summary>Where calls shall reach us; it changes with <see cref="RegistrationRequest.UseLearnedAddress"/>.</summary>
    public SipNameAddr Contact { get; private set; }

    /// <summary>Our address as the registrar saw it last, null before the first response.</summary>
    public IPEndPoint? SeenAs { get; private set; }

    /// <summary>How long the registrar keeps the binding; null while it has none.</summary>
    public TimeSpan? Granted { get; private set; }

    /// <summary>Where requests of calls must pass (RFC 3608), usually nowhere.</summary>
    public IReadOnlyList<SipUri> ServiceRoutes { get; private set; } = [];

    /// <summary>Why the last try failed; null after a success.</summary>
    public SipFailure? Failure { get; private set; }

    /// <summary>When the next try begins, while waiting.</summary>
    public TimeSpan? RetryAt => State == SipRegistrationState.Waiting && _timer.IsRunning ? _timer.Due : null;

    /// <summary>For the owner's own use.</summary>
    public object? Owner { get; set; }

    /// <summary>Takes newly resolved servers for the next REGISTER.</summary>
    public void UseHops(IReadOnlyList<SipHop> hops)
    {
        ArgumentOutOfRangeException.ThrowIfZero(hops.Count, nameof(hops));
        var current = Hop;
        Hops = hops;
        _hop = Math.Max(0, hops.ToList().FindIndex(hop => hop == current));
    }

    /// <summary>Tries at once what waits; false when nothing does.</summary>
    public bool RetryNow(TimeSpan now)
    {
        if (State != SipRegistrationState.Waiting)
        {
            return false;
        }

        _hopsTried = 0;
        Send(now);
        return true;
    }

    /// <summary>Removes the binding (10.2.2); <see cref="SipRegistrationState.Ended"/> follows, whatever the registrar says.</summary>
    public bool Unregister(TimeSpan now)
    {
        if (State is SipRegistrationState.Unregistering or SipRegistrationState.Ended)
        {
            return false;
        }

        var known = Granted is not null || _transaction is not null;
        _core.Heap.Stop(_timer);
        _keepAlive.Stop();
        if (!known)
        {
            Change(SipRegistrationState.Ended);
            return true;
        }

        State = SipRegistrationState.Unregistering;
        _rounds = 0;
        if (_transaction is null)
        {
            Send(now);
        }

        return true;
    }

    /// <summary>Forgets the binding without a word to the registrar: another registration of the same contact has taken its place.</summary>
    public void Abandon()
    {
        if (State == SipRegistrationState.Ended)
        {
            return;
        }

        _core.Heap.Stop(_timer);
        _core.Heap.Stop(_silence);
        _keepAlive.Stop();
        _transaction = null;
        Finish();
    }

    internal void Start(TimeSpan now) => Send(now);

    internal void HandleTransportError(SipHop remote, TimeSpan now)
    {
        if (State == SipRegistrationState.Registered && Hop.IsReliable && Hop.IsSamePlaceAs(remote) && _transaction is null)
        {
            HandleFlowLost(now);
        }
    }

    internal void HandlePong(SipHop remote)
    {
        if (Hop.IsSamePlaceAs(remote))
        {
            _keepAlive.HandlePong();
        }
    }

    void IClientTransactionUser.HandleResponse(ClientTransaction transaction, SipResponse response, TimeSpan now)
    {
        if (transaction != _transaction)
        {
            return;
        }

        _core.Heap.Stop(_silence);
        if (!response.IsFinal)
        {
            return;
        }

        _transaction = null;
        if (response.IsSuccess)
        {
            HandleSuccess(transaction.Request, response, now);
        }
        else if (_rounds < MaxRounds && (TryRaise(response) || _authorization.TryLearn(transaction.Request, response)))
        {
            Send(now);
        }
        else
        {
            HandleRefusal(SipFailure.Of(response), now);
        }
    }

    void IClientTransactionUser.HandleFailure(ClientTransaction transaction, SipFailureOrigin origin, TimeSpan now)
    {
        if (transaction == _transaction)
        {
            _core.Heap.Stop(_silence);
            _transaction = null;
            HandleRefusal(SipFailure.Local(origin), now);
        }
    }

    private void Send(TimeSpan now)
    {
        if (State == SipRegistrationState.Waiting)
        {
            State = SipRegistrationState.Registering;
        }

        _core.Heap.Stop(_timer);
        _rounds++;
        var register = new SipRequest(SipMethod.Register, Request.Registrar)
        {
            From = _from,
            To = Request.AddressOfRecord.WithTag(null),
            CallId = _callId,
            CSeq = new SipCSeq(_sequence++, SipMethod.Register),
        };
        var expires = State == SipRegistrationState.Unregistering ? TimeSpan.Zero : _interval;
        register.Headers.Contacts = _replaced is null || expires == TimeSpan.Zero
            ? [Contact with { Expires = expires }]
            : [Contact with { Expires = expires }, _replaced with { Expires = TimeSpan.Zero }];
        register.Headers.Expires = expires;
        _core.Capabilities.WriteAllow(register);
        register.Headers.Supported = ["path"];
        foreach (var header in Request.Headers)
        {
            register.Headers.Add(header.Name, header.Value);
        }

        _authorization.Sign(register);
        _transaction = _core.SendRequest(this, register, Hop, _local, now);
        if (Request.ResponseTimeout is { } limit)
        {
            _core.Heap.Start(_silence, now + limit);
        }
    }

    // A binding that it makes after all is the same as the one that the next server makes.
    private void HandleSilence(TimeSpan now)
    {
        var silent = _transaction!;
        _transaction = null;
        silent.Abandon(now);
        HandleRefusal(SipFailure.Local(SipFailureOrigin.NoResponse), now);
    }

    private void HandleSuccess(SipRequest register, SipResponse response, TimeSpan now)
    {
        _rounds = 0;
        if (State == SipRegistrationState.Unregistering)
        {
            // Asked for while a REGISTER was on its way: that one has made a binding now.
            if (register.Headers.Expires > TimeSpan.Zero)
            {
                Send(now);
                return;
            }

            Finish();
            return;
        }

        var reply = RegistrationReply.Read(response, Contact, _interval);
        _replaced = null;
        SeenAs = reply.SeenAs ?? SeenAs;
        if (reply.Expires <= TimeSpan.Zero)
        {
            HandleRefusal(SipFailure.Of(response), now);
            return;
        }

        ServiceRoutes = reply.ServiceRoutes;
        Granted = reply.Expires;
        Failure = null;
        _failures = _hopsTried = 0;
        if (TryMoveContact())
        {
            Send(now);
            return;
        }

        // The refresh must have time to fail: 64 * T1 on one server, then there is the next one.
        var margin = reply.Expires / 2 < LongestRefreshMargin ? reply.Expires / 2 : LongestRefreshMargin;
        _core.Heap.Start(_timer, now + ((reply.Expires - margin) * (1 - (0.1 * _core.Tokens.NextShare()))));
        _keepAlive.Start(now);
        Change(SipRegistrationState.Registered);
    }

    // RFC 3581: the registrar sees another address than we have. One move per refresh, so that a NAT that changes its mind each time cannot make a loop.
    private bool TryMoveContact()
    {
        if (!Request.UseLearnedAddress || Hop.IsReliable || SeenAs is not { } seen || _hasMoved)
        {
            _hasMoved = false;
            return false;
        }

        var moved = Contact with { Uri = new SipUri(ViaRouting.HostOf(seen.Address)) { User = Contact.Uri.User, Port = seen.Port } };
        if (moved.Uri.IsEquivalentTo(Contact.Uri))
        {
            return false;
        }

        _hasMoved = true;
        _replaced = Contact;
        Contact = moved;
        return true;
    }

    // 10.2.8: 423 names the shortest interval that the registrar takes.
    private bool TryRaise(SipResponse response)
    {
        if (response.Status != 423 || response.Headers.MinExpires is not { } least || least <= _interval || least > LongestInterval
            || State == SipRegistrationState.Unregistering)
        {
            return false;
        }

        _interval = least;
        return true;
    }

    private void HandleRefusal(SipFailure failure, TimeSpan now)
    {
        _rounds = 0;
        if (State == SipRegistrationState.Unregistering)
        {
            Finish();
            return;
        }

        Failure = failure;
        _keepAlive.Stop();
        if (IsServersOwn(failure) && ++_hopsTried < Hops.Count)
        {
            _hop = (_hop + 1) % Hops.Count;
            State = SipRegistrationState.Registering;
            Send(now);
            return;
        }

        Granted = null;
        _hopsTried = 0;
        _hop = IsServersOwn(failure) ? (_hop + 1) % Hops.Count : _hop;
        State = SipRegistrationState.Waiting;
        _core.Heap.Start(_timer, now + DelayAfter(failure));
        _failures++;
        Change(SipRegistrationState.Waiting);
    }

    // RFC 3263 4.3: silence, a broken connection and 503 say nothing about the next server.
    private static bool IsServersOwn(SipFailure failure) =>
        failure.Origin is SipFailureOrigin.NoResponse or SipFailureOrigin.Transport || failure.Status is 503 or 500 or 408 or 504;

    private TimeSpan DelayAfter(SipFailure failure)
    {
        var doubled = Request.FirstRetry * Math.Pow(2, Math.Min(_failures, 20));
        var wait = failure.Status is 401 or 407 or 403 or 404 || doubled > Request.LongestRetry ? Request.LongestRetry : doubled;
        wait *= 1 - (Request.Jitter * _core.Tokens.NextShare());
        // A registrar may ask for patience, but not for so much that the trunk would be gone for a day.
        return failure.RetryAfter is { } asked && asked > wait ? (asked < TimeSpan.FromHours(1) ? asked : TimeSpan.FromHours(1)) : wait;
    }

    // What was registered over that flow cannot be reached any more; say so and register anew.
    private void HandleFlowLost(TimeSpan now)
    {
        if (State == SipRegistrationState.Registered && _transaction is null)
        {
            _keepAlive.Stop();
            Granted = null;
            Failure = SipFailure.Local(SipFailureOrigin.Transport);
            Change(SipRegistrationState.Registering);
            Send(now);
        }
    }

    private void Finish()
    {
        Granted = null;
        Change(SipRegistrationState.Ended);
    }

    private void Change(SipRegistrationState state)
    {
        State = state;
        if (state == SipRegistrationState.Ended)
        {
            _core.Registrations.Remove(this);
        }

        _core.Report(new SipOutput.RegistrationChanged(this));
    }
}
