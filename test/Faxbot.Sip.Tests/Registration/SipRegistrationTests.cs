using System.Net;
using Faxbot.Sip.Calls;
using Faxbot.Sip.Messages;
using Faxbot.Sip.Registration;
using Faxbot.Sip.Tests.Calls;
using Faxbot.Sip.Transports;

namespace Faxbot.Sip.Tests.Registration;

/// <summary>RFC 3261 10.2, RFC 3581, RFC 3608, RFC 5626 4.4 and 4.5.</summary>
public sealed class SipRegistrationTests
{
    private const string Challenge = """Digest realm="trunk.example", nonce="n1", qop="auth", algorithm=MD5""";
    private static readonly SipCredentials Secret = new("user", "password");
    private static readonly IPEndPoint Second = IPEndPoint.Parse("198.51.100.8:5060");

    private readonly WirePeer _peer = new();

    [Fact]
    public void Registers_with_an_address_of_record_a_contact_and_an_interval()
    {
        var registration = _peer.Register();

        var register = _peer.NextRequest(SipMethod.Register);
        Assert.Equal("sip:trunk.example", register.RequestUri.ToString());
        Assert.Equal("sip:fax@trunk.example", register.To.Uri.ToString());
        Assert.Equal("sip:fax@192.0.2.1:5060", register.Headers.Contact!.Uri.ToString());
        Assert.Equal(TimeSpan.FromHours(1), register.Headers.Expires);
        Accept(register, 600);

        Assert.Equal(SipRegistrationState.Registered, registration.State);
        Assert.Equal(TimeSpan.FromMinutes(10), registration.Granted);
        Assert.Equal([(SipRegistrationState.Registered, TimeSpan.Zero)], _peer.Registrations);
    }

    [Theory]
    [InlineData(60, 27, 30)]
    [InlineData(600, 486, 540)]
    [InlineData(3600, 3186, 3540)]
    public void Refreshes_in_time_for_a_failure_to_be_mended(int granted, int earliest, int latest)
    {
        _peer.Register();
        Accept(_peer.NextRequest(SipMethod.Register), granted);

        var at = _peer.Wait(TimeSpan.FromSeconds(latest + 0.1))[0];

        Assert.InRange(at.TotalSeconds, earliest, latest);
    }

    [Fact]
    public void Keeps_Call_ID_and_tag_and_counts_CSeq_up_over_refreshes()
    {
        _peer.Register();
        var first = _peer.NextRequest(SipMethod.Register);
        Accept(first, 60);
        _peer.Wait(TimeSpan.FromSeconds(30));
        var second = _peer.NextRequest(SipMethod.Register);

        Assert.Equal((first.CallId, first.From.Tag, first.CSeq.Number + 1), (second.CallId, second.From.Tag, second.CSeq.Number));
    }

    [Fact]
    public void Answers_a_challenge_and_counts_the_nonce_up_with_each_refresh()
    {
        _peer.Register(request => request with { Credentials = Secret });
        _peer.Respond(_peer.NextRequest(SipMethod.Register), 401, response => response.Headers.Add(SipHeaderNames.WwwAuthenticate, Challenge));
        var signed = _peer.NextRequest(SipMethod.Register);
        Assert.Equal(1u, Assert.Single(signed.Headers.Authorization).NonceCount);
        Assert.True(Assert.Single(signed.Headers.Authorization).IsProofOf("password", SipMethod.Register, []));
        Accept(signed, 60);

        _peer.Wait(TimeSpan.FromSeconds(30));

        Assert.Equal(2u, Assert.Single(_peer.NextRequest(SipMethod.Register).Headers.Authorization).NonceCount);
    }

    [Fact]
    public void Waits_long_after_a_wrong_password_so_that_no_account_is_locked()
    {
        var registration = _peer.Register(request => request with { Credentials = Secret, Jitter = 0 });
        _peer.Respond(_peer.NextRequest(SipMethod.Register), 401, response => response.Headers.Add(SipHeaderNames.WwwAuthenticate, Challenge));
        _peer.Respond(_peer.NextRequest(SipMethod.Register), 401, response => response.Headers.Add(SipHeaderNames.WwwAuthenticate, Challenge));

        Assert.Equal(SipRegistrationState.Waiting, registration.State);
        Assert.Equal(401, registration.Failure!.Status);
        Assert.Equal(TimeSpan.FromMinutes(30), registration.RetryAt);
    }

    [Fact]
    public void Takes_the_longer_interval_that_423_names()
    {
        _peer.Register(request => request with { Expires = TimeSpan.FromMinutes(1) });
        _peer.Respond(_peer.NextRequest(SipMethod.Register), 423, response => response.Headers.MinExpires = TimeSpan.FromMinutes(5));

        Assert.Equal(TimeSpan.FromMinutes(5), _peer.NextRequest(SipMethod.Register).Headers.Expires);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(60)]
    [InlineData(int.MaxValue)]
    public void Gives_up_on_423_that_names_no_usable_interval(int seconds)
    {
        var registration = _peer.Register(request => request with { Expires = TimeSpan.FromMinutes(1) });
        _peer.Respond(_peer.NextRequest(SipMethod.Register), 423, response => response.Headers.MinExpires = TimeSpan.FromSeconds(seconds));

        Assert.Equal((SipRegistrationState.Waiting, 423), (registration.State, registration.Failure!.Status));
    }

    [Fact]
    public void Doubles_its_waits_up_to_the_longest()
    {
        var registration = _peer.Register(request => request with { Jitter = 0, LongestRetry = TimeSpan.FromMinutes(2) });
        List<double> waits = [];
        for (var i = 0; i < 5; i++)
        {
            _peer.Respond(_peer.NextRequest(SipMethod.Register), 503);
            waits.Add((registration.RetryAt!.Value - _peer.Now).TotalSeconds);
            _peer.Wait(registration.RetryAt.Value - _peer.Now);
        }

        Assert.Equal([30, 60, 120, 120, 120], waits);
    }

    [Fact]
    public void Lets_chance_shorten_its_waits()
    {
        var registration = _peer.Register(request => request with { Jitter = 0.5 });
        _peer.Respond(_peer.NextRequest(SipMethod.Register), 503);

        Assert.InRange(registration.RetryAt!.Value.TotalSeconds, 15, 29.999);
    }

    [Theory]
    [InlineData(120, 120)]
    [InlineData(5, 30)]
    [InlineData(100_000, 3600)]
    public void Heeds_Retry_After_within_reason(int asked, int expected)
    {
        var registration = _peer.Register(request => request with { Jitter = 0 });
        _peer.Respond(_peer.NextRequest(SipMethod.Register), 503, response => response.Headers.RetryAfter = new SipRetryAfter(TimeSpan.FromSeconds(asked)));

        Assert.Equal(TimeSpan.FromSeconds(expected), registration.RetryAt);
    }

    [Fact]
    public void Goes_on_to_the_next_server_at_once_when_one_is_silent()
    {
        var registration = _peer.Register(request => request with { Hops = [WirePeer.Them, Second] });
        _peer.Wait(TimeSpan.FromSeconds(32));
        SipRequest? last = null;
        while (_peer.SentCount > 0)
        {
            last = _peer.NextRequest(SipMethod.Register);
        }

        Assert.Equal(Second, _peer.LastRemote);
        Accept(last!, 60);
        Assert.Equal((SipRegistrationState.Registered, (SipHop)Second), (registration.State, registration.Hop));
    }

    [Fact]
    public void Goes_on_to_the_next_server_when_one_is_silent_for_longer_than_it_may()
    {
        var registration = _peer.Register(request => request with { Hops = [WirePeer.Them, Second], ResponseTimeout = TimeSpan.FromSeconds(3) });
        var first = _peer.NextRequest(SipMethod.Register);
        _peer.Wait(TimeSpan.FromSeconds(3));
        var last = first;
        while (_peer.SentCount > 0) last = _peer.NextRequest(SipMethod.Register);

        Assert.Equal(Second, _peer.LastRemote);
        _peer.Respond(first, 200);
        Assert.Equal(SipRegistrationState.Registering, registration.State);
        Accept(last, 60);
        Assert.Equal((SipRegistrationState.Registered, (SipHop)Second), (registration.State, registration.Hop));
    }

    [Fact]
    public void Waits_as_long_as_ever_for_a_server_that_said_100()
    {
        var registration = _peer.Register(request => request with { ResponseTimeout = TimeSpan.FromSeconds(3) });
        var register = _peer.NextRequest(SipMethod.Register);
        _peer.Respond(register, 100);
        _peer.Wait(TimeSpan.FromSeconds(10));

        Assert.Null(registration.Failure);
        Accept(register, 60);
        Assert.Equal(SipRegistrationState.Registered, registration.State);
    }

    [Fact]
    public void Waits_when_all_servers_failed()
    {
        var registration = _peer.Register(request => request with { Hops = [WirePeer.Them, Second] });
        _peer.Respond(_peer.NextRequest(SipMethod.Register), 503);
        _peer.Respond(_peer.NextRequest(SipMethod.Register), 503);

        Assert.Equal(SipRegistrationState.Waiting, registration.State);
        _peer.IsSilent();
    }

    [Fact]
    public void Counts_as_refused_when_the_registrar_keeps_no_binding()
    {
        var registration = _peer.Register();
        Accept(_peer.NextRequest(SipMethod.Register), 0);

        Assert.Equal(SipRegistrationState.Waiting, registration.State);
    }

    [Fact]
    public void Finds_its_own_among_the_bindings_of_others()
    {
        var registration = _peer.Register();
        _peer.Respond(_peer.NextRequest(SipMethod.Register), 200, response => response.Headers.Contacts =
            [Contact("sip:fax@203.0.113.5", 3000), Contact("sip:fax@192.0.2.1:5060", 120), Contact("sip:fax@203.0.113.6", 9)]);

        Assert.Equal(TimeSpan.FromSeconds(120), registration.Granted);
    }

    [Fact]
    public void Moves_its_contact_to_the_address_that_the_registrar_sees()
    {
        var registration = _peer.Register(request => request with { UseLearnedAddress = true });
        AcceptFrom(_peer.NextRequest(SipMethod.Register), "203.0.113.9", 1024);

        var moved = _peer.NextRequest(SipMethod.Register);
        Assert.Equal(["<sip:fax@203.0.113.9:1024>;expires=3600", "<sip:fax@192.0.2.1:5060>;expires=0"], moved.Headers.Contacts.Select(contact => contact.ToString()));
        AcceptFrom(moved, "203.0.113.9", 2048);
        Assert.Equal(SipRegistrationState.Registered, registration.State);
        Assert.Equal(IPEndPoint.Parse("203.0.113.9:2048"), registration.SeenAs);
        _peer.IsSilent();
    }

    [Fact]
    public void Remembers_service_routes()
    {
        var registration = _peer.Register();
        _peer.Respond(_peer.NextRequest(SipMethod.Register), 200, response =>
            response.Headers.Add("Service-Route", "<sip:p1.trunk.example;lr>, <sip:p2.trunk.example;lr>"));

        Assert.Equal(["sip:p1.trunk.example;lr", "sip:p2.trunk.example;lr"], registration.ServiceRoutes.Select(route => route.ToString()));
    }

    [Fact]
    public void Unregisters_with_zero_seconds_and_ends()
    {
        var registration = _peer.Register();
        Accept(_peer.NextRequest(SipMethod.Register), 60);
        _peer.Do(registration.Unregister);

        var last = _peer.NextRequest(SipMethod.Register);
        Assert.Equal(TimeSpan.Zero, last.Headers.Expires);
        Assert.Equal(TimeSpan.Zero, last.Headers.Contact!.Expires);
        _peer.Respond(last, 200);
        Assert.Equal(SipRegistrationState.Ended, registration.State);
        Assert.Empty(_peer.Wait(TimeSpan.FromHours(2)));
    }

    [Fact]
    public void Is_forgotten_without_a_word_where_another_takes_its_place()
    {
        var registration = _peer.Register(request => request with { KeepAlive = TimeSpan.FromSeconds(30) });
        Accept(_peer.NextRequest(SipMethod.Register), 60);

        _peer.Tell((_, _) => registration.Abandon());

        Assert.Equal(SipRegistrationState.Ended, registration.State);
        Assert.Empty(_peer.Wait(TimeSpan.FromHours(2)));
        _peer.IsSilent();
    }

    [Fact]
    public void Unregisters_also_what_was_still_on_its_way()
    {
        var registration = _peer.Register();
        var first = _peer.NextRequest(SipMethod.Register);
        _peer.Do(registration.Unregister);
        _peer.IsSilent();
        Accept(first, 60);

        _peer.Respond(_peer.NextRequest(SipMethod.Register), 200);
        Assert.Equal(SipRegistrationState.Ended, registration.State);
    }

    [Fact]
    public void Pings_over_UDP_with_OPTIONS_and_registers_anew_when_the_answers_stop()
    {
        var registration = _peer.Register(request => request with { KeepAlive = TimeSpan.FromSeconds(30) });
        Accept(_peer.NextRequest(SipMethod.Register), 3600);
        _peer.Wait(TimeSpan.FromSeconds(30));
        _peer.Respond(_peer.NextRequest(SipMethod.Options), 404);

        _peer.Wait(TimeSpan.FromSeconds(70));

        Assert.Contains(_peer.Registrations, change => change.State == SipRegistrationState.Registering);
        Assert.Equal(SipRegistrationState.Registering, registration.State);
    }

    [Fact]
    public void Pings_a_stream_with_a_double_line_end_and_registers_anew_when_the_pongs_stop()
    {
        var hop = new SipHop(WirePeer.Them, SipTransport.Tcp);
        _peer.Register(request => request with { Hops = [hop], KeepAlive = TimeSpan.FromSeconds(30) });
        var register = _peer.NextRequest(SipMethod.Register);
        Assert.Equal("TCP", register.TopVia.Transport);
        Assert.Equal("tcp", register.Headers.Contact!.Uri.Transport);
        Accept(register, 3600);
        _peer.Wait(TimeSpan.FromSeconds(30));
        Assert.Equal("\r\n\r\n"u8.ToArray(), _peer.NextOctets());
        _peer.Tell((agent, _) => agent.HandlePong(hop));

        _peer.Wait(TimeSpan.FromSeconds(41));

        Assert.Equal("\r\n\r\n"u8.ToArray(), _peer.NextOctets());
        _peer.NextRequest(SipMethod.Register);
    }

    [Fact]
    public void Registers_anew_at_once_when_the_connection_breaks()
    {
        var hop = new SipHop(WirePeer.Them, SipTransport.Tls);
        _peer.Register(request => request with { Hops = [hop] });
        Accept(_peer.NextRequest(SipMethod.Register), 3600);
        _peer.Tell((agent, now) => agent.HandleTransportError(hop, now));

        _peer.NextRequest(SipMethod.Register);
        _peer.Tell((agent, now) => agent.HandleTransportError(hop, now));
        Assert.Equal(SipRegistrationState.Waiting, _peer.Registrations[^1].State);
    }

    private void Accept(SipRequest register, int seconds) => _peer.Respond(register, 200, response =>
    {
        response.Headers.Contacts = [register.Headers.Contact! with { Expires = null }];
        response.Headers.Expires = TimeSpan.FromSeconds(seconds);
    });

    private void AcceptFrom(SipRequest register, string address, int port) => _peer.Respond(register, 200, response =>
    {
        response.TopVia = response.TopVia with { Received = address, RPort = port };
        response.Headers.Contacts = [register.Headers.Contact!];
    });

    private static SipNameAddr Contact(string uri, int seconds) => new(SipUri.Parse(uri)) { Expires = TimeSpan.FromSeconds(seconds) };
}
