using System.Net;
using Faxbot.Lines.Embedded;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Trunks;
using Faxbot.Testing.Faxes;
using Faxbot.Testing.Peers;

namespace Faxbot.Lines.Tests.Embedded.Trunks;

public sealed class TrunkCheckTests : IAsyncDisposable
{
    private static readonly EmbeddedLineOptions OnLoopback = new() { Bind = new IPEndPoint(IPAddress.Loopback, 0) };
    private readonly EmbeddedLine _line = EmbeddedLine.Open(OnLoopback, TimeProvider.System);
    private readonly LoopbackRegistrar _registrar = new("right");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _line.DisposeAsync();
        await _registrar.DisposeAsync();
    }

    [Fact]
    public async Task A_test_page_shows_that_all_of_it_works()
    {
        await using var far = EmbeddedLine.Open(
            OnLoopback with { InboundT38 = new TrunkT38 { Paced = false, InboundSwitch = T38Switch.Us } }, TimeProvider.System,
            _ => new IncomingDecision.Accept(new CollectedPages(), _ => { }));

        var findings = await _line.CheckAsync(Trunk(far.LocalEndPoint.Port) with { T38 = new TrunkT38 { Paced = false } }, "+12065550100", Cancel);

        Assert.Equal(
            [("server", CheckState.Ok), ("address", CheckState.Ok), ("registration", CheckState.Skipped), ("call", CheckState.Ok), ("T.38", CheckState.Ok), ("fax", CheckState.Ok)],
            findings.Select(finding => (finding.Step, finding.State)));
        Assert.StartsWith("The far end asked for T.38", findings[4].Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_voice_that_answers_is_told_from_a_trunk_that_does_not()
    {
        await using var far = EmbeddedLine.Open(OnLoopback, TimeProvider.System, _ => new IncomingDecision.Voice(TakesT38: false, TimeSpan.FromSeconds(20)));

        var findings = await _line.CheckAsync(Trunk(far.LocalEndPoint.Port) with { T38 = new TrunkT38 { Switch = T38Switch.Us } }, "+12065550100", Cancel);

        Assert.Equal([("call", CheckState.Ok), ("T.38", CheckState.Failed)], findings.TakeLast(2).Select(finding => (finding.Step, finding.State)));
    }

    [Theory]
    [InlineData("right", CheckState.Ok)]
    [InlineData("wrong", CheckState.Failed)]
    public async Task A_registration_is_tried(string password, CheckState state)
    {
        var trunk = Trunk(_registrar.EndPoint.Port) with
        {
            Credentials = new TrunkCredentials { User = "fax", Password = password },
            Registration = new TrunkRegistration(),
        };

        var findings = await _line.CheckAsync(trunk, null, Cancel);

        Assert.Equal(state, findings.Single(finding => finding.Step == "registration").State);
        Assert.Equal(CheckState.Skipped, findings.Single(finding => finding.Step == "call").State);
    }

    [Fact]
    public async Task A_name_without_an_address_and_unconfirmed_values_are_said()
    {
        var trunk = new TrunkProfile
        {
            Servers = [new TrunkServer { Host = "trunk.invalid" }],
            Evidence = new Dictionary<string, TrunkEvidence> { ["t38.switch"] = new("a forum", TrunkConfidence.Unverified, new DateOnly(2026, 10, 3)) },
        };

        var result = CheckResult.Of(await _line.CheckAsync(trunk, "+12065550100", Cancel));

        Assert.False(result.Ok);
        Assert.Contains(result.Problems, problem => problem.Contains("trunk.invalid has no address", StringComparison.Ordinal));
        Assert.Contains(result.Problems, problem => problem.Contains("t38.switch", StringComparison.Ordinal));
        Assert.Equal(CheckState.Skipped, result.Findings!.Single(finding => finding.Step == "call").State);
    }

    private static TrunkProfile Trunk(int port) => new() { Servers = [new TrunkServer { Host = "127.0.0.1", Port = port }] };
}
