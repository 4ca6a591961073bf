using System.Net;
using Faxbot.Imaging.Pages;
using Faxbot.Lines.Embedded;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Trunks;
using Faxbot.Testing;
using Faxbot.Testing.Faxes;

namespace Faxbot.Lines.Tests.Embedded;

/// <summary>Calls that no fax machine takes, as the far end decides.</summary>
public sealed class RehearsedCallTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Ends_unanswered_when_the_far_end_only_rings()
    {
        var outcome = await CallAsync(new IncomingDecision.Ring());

        Assert.Equal((OutcomeClass.NoAnswer, OutcomePhase.Dial), (outcome.Class, outcome.Phase));
    }

    [Fact]
    public async Task Says_that_T38_was_refused_by_a_telephone()
    {
        var outcome = await CallAsync(new IncomingDecision.Voice(TakesT38: false, Patience));

        Assert.Equal((OutcomeClass.Negotiation, 488), (outcome.Class, outcome.SipStatus));
    }

    [Fact]
    public async Task Says_that_no_fax_machine_is_heard_where_a_gateway_agrees_to_T38()
    {
        var outcome = await CallAsync(new IncomingDecision.Voice(TakesT38: true, Patience));

        Assert.Equal((OutcomeClass.NotFax, "T1"), (outcome.Class, outcome.T30Code));
    }

    [Fact]
    public async Task A_ping_tells_a_trunk_that_lives_from_one_that_has_no_address()
    {
        await using var far = EmbeddedLine.Open(Options, TimeProvider.System);
        await using var near = EmbeddedLine.Open(Options, TimeProvider.System);

        var alive = await near.PingAsync(Trunk(far), TestContext.Current.CancellationToken);
        var nameless = await near.PingAsync(new TrunkProfile { Servers = [new TrunkServer { Host = "trunk.invalid" }] }, TestContext.Current.CancellationToken);

        Assert.True(alive.IsAlive, alive.Problem);
        Assert.Contains("trunk.invalid has no address", nameless.Problem, StringComparison.Ordinal);
    }

    private static EmbeddedLineOptions Options => new() { Bind = new IPEndPoint(IPAddress.Loopback, 0) };

    private static TrunkProfile Trunk(EmbeddedLine far) => new()
    {
        Servers = [new TrunkServer { Host = "127.0.0.1", Port = far.LocalEndPoint.Port }],
        T38 = new TrunkT38 { Switch = T38Switch.Us },
        Signalling = new TrunkSignalling { RingTimeout = TimeSpan.FromSeconds(20) },
    };

    private static async Task<FaxOutcome> CallAsync(IncomingDecision decision)
    {
        var time = new ScaledTimeProvider(10);
        await using var far = EmbeddedLine.Open(Options, time, _ => decision);
        await using var near = EmbeddedLine.Open(Options, time);
        using var document = new BitmapDocument(FaxResolution.Fine, SamplePages.Text(1728, 400, 1));
        return await near.Originate(new OutboundFax { Trunk = Trunk(far), To = "+15550199", Document = document }).Completion;
    }
}
