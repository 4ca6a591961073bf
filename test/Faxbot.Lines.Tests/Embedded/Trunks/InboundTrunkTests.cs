using System.Collections.Concurrent;
using System.Net;
using Faxbot.Imaging.Pages;
using Faxbot.Lines.Embedded;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Trunks;
using Faxbot.Testing.Faxes;
using Faxbot.Testing.Peers;

namespace Faxbot.Lines.Tests.Embedded.Trunks;

/// <summary>A line whose calls belong to the trunks that it is connected to, called by another on loopback.</summary>
public sealed class InboundTrunkTests : IAsyncDisposable
{
    private static readonly TrunkT38 Quick = new() { Paced = false, Switch = T38Switch.FarEnd, InboundSwitch = T38Switch.Us };
    private readonly ConcurrentQueue<IncomingFax> _came = [];
    private readonly EmbeddedLine _line;
    private readonly EmbeddedLine _carrier = EmbeddedLine.Open(new EmbeddedLineOptions { Bind = new IPEndPoint(IPAddress.Loopback, 0) }, TimeProvider.System);

    public InboundTrunkTests() => _line = EmbeddedLine.Open(
        new EmbeddedLineOptions { Bind = new IPEndPoint(IPAddress.Loopback, 0), InboundT38 = new TrunkT38 { InboundSwitch = T38Switch.FarEnd } },
        TimeProvider.System,
        fax =>
        {
            _came.Enqueue(fax);
            return fax.Trunk is null ? new IncomingDecision.Reject(403) : new IncomingDecision.Accept(new CollectedPages(), _ => { });
        });

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _carrier.DisposeAsync();
        await _line.DisposeAsync();
    }

    [Fact]
    public async Task A_call_from_the_trunks_network_is_taken_with_its_numbers_and_its_T38()
    {
        await using var trunk = _line.Connect(
            Trunk(new TrunkInbound { Networks = ["127.0.0.0/8"], CalledNumber = CalledNumberSource.Diversion, Country = "1" }), "faxbot-sip");

        var outcome = await CallAsync("4711", headers: new Dictionary<string, string> { ["Diversion"] = "<sip:5550123456@pbx.example>;reason=unconditional" });

        Assert.True(outcome.Class == OutcomeClass.Success, $"{outcome}");
        var fax = Assert.Single(_came);
        Assert.Equal(("+15550123456", "+15550100", "faxbot-sip"), (fax.CalledNumber, fax.CallerNumber, fax.Trunk?.Holder));
    }

    [Fact]
    public async Task A_call_from_elsewhere_is_refused_until_its_source_gets_no_answer_at_all()
    {
        await using var trunk = _line.Connect(Trunk(new TrunkInbound { Networks = ["192.0.2.0/24"] }), "p");

        for (var call = 0; call < 10; call++) Assert.Equal(403, (await CallAsync("4711")).SipStatus);
        using var document = Document();
        var silenced = _carrier.Originate(Fax("4711", document, null, new Dictionary<string, string>()));
        // The transaction layer repeats it after 0.5 s and 1.5 s; none of that is answered.
        await Assert.ThrowsAsync<TimeoutException>(() => silenced.Completion.WaitAsync(TimeSpan.FromSeconds(2), Cancel));
        silenced.Cancel();

        Assert.All(_came, fax => Assert.Null(fax.Trunk));
        Assert.Equal(10, _came.Count);
    }

    [Fact]
    public async Task A_call_over_the_registered_flow_is_taken()
    {
        await using var registrar = new LoopbackRegistrar("a-secret");
        await using var trunk = _line.Connect(
            Trunk(new TrunkInbound()) with
            {
                Servers = [new TrunkServer { Host = "127.0.0.1", Port = registrar.EndPoint.Port }],
                Credentials = new TrunkCredentials { User = "line1", Password = "a-secret" },
                Registration = new TrunkRegistration { ContactUser = "fax1" },
            },
            "p");
        await trunk.WhenRegistrationAsync(status => status.IsRegistered, Cancel);

        Assert.Equal(OutcomeClass.Success, (await CallAsync("fax1")).Class);
        Assert.Equal(403, (await CallAsync("somebody")).SipStatus);
    }

    [Fact]
    public async Task A_call_that_must_prove_itself_is_taken_with_the_trunks_own_password_alone()
    {
        var account = new TrunkCredentials { User = "line1", Password = "a-secret" };
        await using var trunk = _line.Connect(Trunk(new TrunkInbound { Authenticate = true }) with { Credentials = account }, "p");
        await using var other = _line.Connect(
            Trunk(new TrunkInbound { Authenticate = true }) with { Credentials = account with { User = "line2", Password = "another" } }, "q");

        Assert.Equal(OutcomeClass.Success, (await CallAsync("4711", account)).Class);
        Assert.Equal(401, (await CallAsync("4711")).SipStatus);
        Assert.Equal(403, (await CallAsync("4711", account with { Password = "wrong" })).SipStatus);
        Assert.Equal(["p", null], _came.Select(fax => fax.Trunk?.Holder));
    }

    [Fact]
    public async Task A_trunk_whose_calls_are_all_up_is_busy_whoever_began_them()
    {
        var profile = Trunk(new TrunkInbound { Networks = ["127.0.0.1/32"] }) with { Limits = new TrunkLimits { MaxCalls = 1 } };
        await using var trunk = _line.Connect(profile, "p");
        await using var ringing = EmbeddedLine.Open(new EmbeddedLineOptions { Bind = new IPEndPoint(IPAddress.Loopback, 0) }, TimeProvider.System, _ => new IncomingDecision.Ring());
        using var document = Document();
        var ours = _line.Originate(new OutboundFax
        {
            Trunk = profile with { Servers = [new TrunkServer { Host = "127.0.0.1", Port = ringing.LocalEndPoint.Port }] }, Holder = "p", To = "4712", Document = document,
        });

        Assert.Equal(486, (await CallAsync("4711")).SipStatus);
        ours.Cancel();
        await ours.Completion;
        Assert.Equal(OutcomeClass.Success, (await CallAsync("4711")).Class);
    }

    [Fact]
    public async Task Calls_that_came_in_are_counted_for_their_trunk_alone()
    {
        await using var trunk = _line.Connect(Trunk(new TrunkInbound { Networks = ["127.0.0.1/32"] }), "p");
        using var document = Document();
        var call = _carrier.Originate(Fax("4711", document, null, new Dictionary<string, string>()));
        await foreach (var happened in call.Events)
        {
            if (happened.Event is not LineEvent.Answered) continue;
            Assert.Equal((1, 0), (_line.CallsIn("p"), _line.CallsIn("q")));
            break;
        }

        call.Cancel();
        await call.Completion;
    }

    [Fact]
    public async Task A_trunk_that_was_let_go_brings_no_calls()
    {
        var trunk = _line.Connect(Trunk(new TrunkInbound { Networks = ["127.0.0.1/32"] }), "p");
        await trunk.DisposeAsync();

        Assert.Equal(403, (await CallAsync("4711")).SipStatus);
    }

    private static TrunkProfile Trunk(TrunkInbound inbound) => new() { Servers = [new TrunkServer { Host = "192.0.2.1" }], Inbound = inbound, T38 = Quick };

    private static BitmapDocument Document() => new(FaxResolution.Standard, SamplePages.Text(1728, 100, 1));

    private OutboundFax Fax(string number, IFaxDocument document, TrunkCredentials? account, IReadOnlyDictionary<string, string> headers) => new()
    {
        Trunk = new TrunkProfile
        {
            Servers = [new TrunkServer { Host = "127.0.0.1", Port = _line.LocalEndPoint.Port }], T38 = Quick, Credentials = account, Headers = headers,
        },
        To = number,
        From = "+15550100",
        Document = document,
    };

    private async Task<FaxOutcome> CallAsync(string number, TrunkCredentials? account = null, IReadOnlyDictionary<string, string>? headers = null)
    {
        using var document = Document();
        return await _carrier.Originate(Fax(number, document, account, headers ?? new Dictionary<string, string>())).Completion.WaitAsync(TimeSpan.FromMinutes(1), Cancel);
    }
}
