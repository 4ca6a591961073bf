using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Numbers;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Testing.Carriers;
using Faxbot.Sdk.Testing.Harness;
using Xunit;

namespace Faxbot.Sdk.Testing.Contracts;

/// <summary>
/// The contract of a plugin that sends over a SIP trunk, against a simulated carrier with the provider's own rules. A package runs it with one line:
/// <code>public sealed class ExampleContract() : SipFaxPluginContract&lt;ExamplePlugin&gt;(new() { Settings = "...", Carrier = new() { ... } });</code>
/// </summary>
/// <typeparam name="TPlugin">The plugin's class; <see cref="Trunks.SipFaxPlugin"/> for a package without code.</typeparam>
public abstract class SipFaxPluginContract<TPlugin>(SipFaxContractOptions options) : PluginContract<TPlugin>(options)
    where TPlugin : FaxPlugin, new()
{
    private const int Pages = SampleFax.Pages;

    private CarrierRules Rules => options.Carrier;

    /// <summary>Each scenario ends in the class that retry rules are written for, with no page counted that was not confirmed.</summary>
    [Theory]
    [InlineData(CarrierScenario.Success, OutcomeClass.Success, Pages)]
    [InlineData(CarrierScenario.Busy, OutcomeClass.Busy, 0)]
    [InlineData(CarrierScenario.NoAnswer, OutcomeClass.NoAnswer, 0)]
    [InlineData(CarrierScenario.NotAcceptable, OutcomeClass.Negotiation, 0)]
    [InlineData(CarrierScenario.Glare, OutcomeClass.Success, Pages)]
    [InlineData(CarrierScenario.LateReinvite, OutcomeClass.Success, Pages)]
    [InlineData(CarrierScenario.DoubleReinvite, OutcomeClass.Success, Pages)]
    [InlineData(CarrierScenario.RejectedReinvite, OutcomeClass.Negotiation, 0)]
    [InlineData(CarrierScenario.SwitchWithoutUdptl, OutcomeClass.Negotiation, 0)]
    [InlineData(CarrierScenario.TrainingFailure, OutcomeClass.Quality, 0)]
    [InlineData(CarrierScenario.PageRejected, OutcomeClass.Quality, 1)]
    [InlineData(CarrierScenario.PageLostOnce, OutcomeClass.Success, Pages)]
    [InlineData(CarrierScenario.PageLost, OutcomeClass.Quality, 1)]
    [InlineData(CarrierScenario.HangUpInMidPage, OutcomeClass.Partial, 1)]
    public async Task A_call_ends_as_it_did_at_the_carrier(CarrierScenario scenario, OutcomeClass expected, int pagesConfirmed)
    {
        var trial = await CallAsync(Rules, scenario);
        Holds(trial.Violations);
        Assert.True(
            (trial.Outcome.Class, trial.Outcome.PagesConfirmed) == (expected, pagesConfirmed),
            $"{scenario} must end as {expected} with {pagesConfirmed} pages confirmed, and ended as {trial.Outcome.Class} with {trial.Outcome.PagesConfirmed}: {trial.Outcome.Sentence}");
        Assert.Equal(expected == OutcomeClass.Success ? FaxState.Success : FaxState.Failed, trial.Status.State);
        Assert.Equal(trial.Outcome, trial.Status.Outcome);
    }

    /// <summary>Whatever the status, the far end has no medium in common with us.</summary>
    [Theory]
    [InlineData(415)]
    [InlineData(488)]
    [InlineData(606)]
    public async Task A_refused_switch_to_T38_is_told_as_that(int status)
    {
        var trial = await CallAsync(Rules with { T38 = Rules.T38 with { RefusalStatus = status } }, CarrierScenario.RejectedReinvite);
        Holds(trial.Violations);
        Assert.Equal((OutcomeClass.Negotiation, 0), (trial.Outcome.Class, trial.Outcome.PagesConfirmed));
    }

    /// <summary>Each destination is written as the carrier wants it in each header field.</summary>
    [Fact]
    public async Task Numbers_are_written_as_the_carrier_wants_them()
    {
        foreach (var destination in Rules.Destinations)
        {
            var trial = await CallAsync(Rules, CarrierScenario.Busy, destination);
            Holds(trial.Violations);
            Assert.True(trial.Outcome.Class == OutcomeClass.Busy, $"{destination} is busy, and the call ended as {trial.Outcome.Class}: {trial.Outcome.Sentence}");
        }
    }

    /// <summary>Packets go to the provider's servers, and in its order.</summary>
    [Fact]
    public Task Calls_go_to_the_servers_of_the_provider() => RunAsync((_, harness) =>
    {
        var servers = harness.Lines.Trunk!.Servers.OrderBy(server => server.Priority).ToArray();
        if (Rules.Servers is { } hosts) Assert.Equal(hosts, servers.Select(server => server.Host));
        if (Rules.Transport is { } transport) Assert.All(servers, server => Assert.Equal(transport, server.Transport));
        return Task.CompletedTask;
    });

    /// <summary>A wrong password is neither congestion nor the number's fault.</summary>
    [Fact]
    public async Task Credentials_that_the_carrier_does_not_take_end_the_call_as_rejected()
    {
        if (Rules is not { Account: { } account, ChallengesInvites: true }) return;
        var trial = await CallAsync(Rules with { Account = account with { Password = $"not {account.Password}" } }, CarrierScenario.Success);
        Assert.Equal((OutcomeClass.Rejected, OutcomeParty.Trunk), (trial.Outcome.Class, trial.Outcome.Party));
    }

    /// <summary>A call that was cancelled ends, and no page of it counts.</summary>
    [Fact]
    public async Task A_cancelled_call_ends()
    {
        if (!Manifest.Capabilities.Contains("cancel_fax")) return;
        await using var carrier = SimulatedCarrier.Open(Rules, CarrierScenario.NoAnswer, options.Time);
        await RunAsync(async (plugin, harness) =>
        {
            var fax = CarrierTrial.Request(Rules.Destinations[0], Rules.Caller);
            carrier.Expect(fax.To.Value, Rules.Caller);
            var sent = await plugin.SendFaxAsync(fax, TestContext.Current.CancellationToken);
            var reference = new FaxReference { JobId = fax.JobId, AttemptId = fax.AttemptId, ProviderId = sent.ProviderId };
            Assert.True(await plugin.CancelFaxAsync(reference, TestContext.Current.CancellationToken), "The call was under way, and the plugin says that it was not.");
            var outcome = await harness.Lines.OutcomeAsync(fax.AttemptId);
            Assert.Equal((OutcomeClass.Local, 0), (outcome.Class, outcome.PagesConfirmed));
        }, carrier);
    }

    /// <summary>The attempt's call is bound to its job, so that its events reach it, and the result names plugin and call.</summary>
    [Fact]
    public async Task The_call_is_tracked_for_its_job()
    {
        await using var carrier = SimulatedCarrier.Open(Rules, CarrierScenario.Busy, options.Time);
        await RunAsync(async (plugin, harness) =>
        {
            var sent = await plugin.SendFaxAsync(CarrierTrial.Request(Rules.Destinations[0], Rules.Caller), TestContext.Current.CancellationToken);
            Assert.Equal(sent.ProviderId, harness.Jobs.Tracked.GetValueOrDefault("job-1"));
            Assert.Equal(Manifest.Id, sent.Backend);
        }, carrier);
    }

    private protected override PersonalTexts Personal(PluginHarness harness)
    {
        var personal = base.Personal(harness);
        foreach (var number in Rules.Destinations.Append(Rules.Caller)) personal.AddNumber(number);
        return personal;
    }

    private async Task<CarrierTrial> CallAsync(CarrierRules rules, CarrierScenario scenario, string? called = null)
    {
        await using var carrier = SimulatedCarrier.Open(rules, scenario, options.Time);
        CarrierTrial? trial = null;
        await RunAsync(
            async (plugin, harness) => trial = await CarrierTrial.RunAsync(plugin, harness, carrier, called ?? rules.Destinations[0], rules.Caller, TestContext.Current.CancellationToken),
            carrier);
        return trial!;
    }
}
