using Faxbot.Sdk.Calls;
using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Numbers;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Testing.Carriers;
using Faxbot.Sdk.Testing.Harness;
using Xunit;

namespace Faxbot.Sdk.Testing.Contracts;

/// <summary>The contract of a plugin that calls people and plays a recording, against a simulated carrier with the provider's own rules.</summary>
/// <typeparam name="TPlugin">The plugin's class.</typeparam>
public abstract class VoicePluginContract<TPlugin>(VoiceContractOptions options) : PluginContract<TPlugin>(options)
    where TPlugin : VoicePlugin, new()
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly CallReference Reference = new() { JobId = "job-1", AttemptId = "attempt-1" };

    private CarrierRules Rules => options.Carrier;

    /// <summary>Each call ends in the class that retry rules are written for, and is said to be answered when it was, and not otherwise.</summary>
    [Theory]
    [InlineData(CarrierScenario.Telephone, OutcomeClass.Success, true)]
    [InlineData(CarrierScenario.TelephoneHangsUp, OutcomeClass.Partial, true)]
    [InlineData(CarrierScenario.Busy, OutcomeClass.Busy, false)]
    [InlineData(CarrierScenario.NoAnswer, OutcomeClass.NoAnswer, false)]
    [InlineData(CarrierScenario.NotAcceptable, OutcomeClass.Negotiation, false)]
    public async Task A_call_ends_as_it_did_at_the_carrier(CarrierScenario scenario, OutcomeClass expected, bool answered)
    {
        var (outcome, violations) = await CallAsync(Rules, scenario);
        Holds(violations);
        Assert.True(
            (outcome.Class, outcome.Answered) == (expected, answered),
            $"{scenario} must end as {expected}, answered: {answered}, and ended as {outcome.Class}, answered: {outcome.Answered}: {outcome.Sentence}");
        Assert.True(outcome.Length > TimeSpan.Zero, "The outcome says how long the recording is.");
        if (expected == OutcomeClass.Success) Assert.Equal(outcome.Length, outcome.Played);
        else Assert.True(outcome.Played < outcome.Length, $"{scenario}: {outcome.Played} of {outcome.Length} cannot have been played.");
    }

    /// <summary>Each destination is written as the carrier wants it in each header field.</summary>
    [Fact]
    public async Task Numbers_are_written_as_the_carrier_wants_them()
    {
        foreach (var destination in Rules.Destinations)
        {
            var (outcome, violations) = await CallAsync(Rules, CarrierScenario.Busy, destination);
            Holds(violations);
            Assert.True(outcome.Class == OutcomeClass.Busy, $"{destination} is busy, and the call ended as {outcome.Class}: {outcome.Sentence}");
        }
    }

    /// <summary>A wrong password is neither congestion nor the number's fault.</summary>
    [Fact]
    public async Task Credentials_that_the_carrier_does_not_take_end_the_call_as_rejected()
    {
        if (Rules is not { Account: { } account, ChallengesInvites: true }) return;
        var (outcome, _) = await CallAsync(Rules with { Account = account with { Password = $"not {account.Password}" } }, CarrierScenario.Telephone);
        Assert.Equal((OutcomeClass.Rejected, OutcomeParty.Trunk, false), (outcome.Class, outcome.Party, outcome.Answered));
    }

    /// <summary>A call that was cancelled ends, and was not answered.</summary>
    [Fact]
    public async Task A_cancelled_call_ends()
    {
        if (!Manifest.Capabilities.Contains("cancel_call")) return;
        await using var carrier = SimulatedCarrier.Open(Rules, CarrierScenario.NoAnswer, options.Time);
        await RunAsync(async (plugin, harness) =>
        {
            carrier.Expect(Rules.Destinations[0], Rules.Caller);
            await plugin.PlaceCallAsync(Request(Rules.Destinations[0]), TestContext.Current.CancellationToken);
            Assert.True(await plugin.CancelCallAsync(Reference, TestContext.Current.CancellationToken), "The call was under way, and the plugin says that it was not.");
            var outcome = await harness.Lines.CallOutcomeAsync(Reference.AttemptId).WaitAsync(Patience, TestContext.Current.CancellationToken);
            Assert.Equal((OutcomeClass.Local, false), (outcome.Class, outcome.Answered));
        }, carrier);
    }

    /// <summary>What nobody asked for is known not to have been, and a second call for one attempt is none.</summary>
    [Fact]
    public async Task An_attempt_is_called_once()
    {
        await using var carrier = SimulatedCarrier.Open(Rules, CarrierScenario.Busy, options.Time);
        await RunAsync(async (plugin, harness) =>
        {
            Assert.Equal(CallState.NeverPlaced, (await plugin.GetCallStatusAsync(Reference, TestContext.Current.CancellationToken)).State);
            carrier.Expect(Rules.Destinations[0], Rules.Caller);
            var placed = await plugin.PlaceCallAsync(Request(Rules.Destinations[0]), TestContext.Current.CancellationToken);
            Assert.Equal(Manifest.Id, placed.Backend);
            await Assert.ThrowsAsync<FaxRejectedException>(() => plugin.PlaceCallAsync(Request(Rules.Destinations[0]), TestContext.Current.CancellationToken));
        }, carrier);
    }

    private protected override PersonalTexts Personal(PluginHarness harness)
    {
        var personal = base.Personal(harness);
        foreach (var number in Rules.Destinations.Append(Rules.Caller)) personal.AddNumber(number);
        return personal;
    }

    private async Task<(CallOutcome Outcome, IReadOnlyList<string> Violations)> CallAsync(CarrierRules rules, CarrierScenario scenario, string? called = null)
    {
        await using var carrier = SimulatedCarrier.Open(rules, scenario, options.Time);
        CallOutcome? outcome = null;
        await RunAsync(async (plugin, harness) =>
        {
            carrier.Expect(called ?? rules.Destinations[0], rules.Caller);
            await plugin.PlaceCallAsync(Request(called ?? rules.Destinations[0]), TestContext.Current.CancellationToken);
            outcome = await harness.Lines.CallOutcomeAsync(Reference.AttemptId).WaitAsync(Patience, TestContext.Current.CancellationToken);
            var status = await plugin.GetCallStatusAsync(Reference, TestContext.Current.CancellationToken);
            Assert.Equal((CallState.Ended, outcome), (status.State, status.Outcome));
            harness.Log.Write($"outcome: {outcome}");
        }, carrier);
        return (outcome!, carrier.Violations);
    }

    private CallRequest Request(string called) => new()
    {
        JobId = Reference.JobId,
        AttemptId = Reference.AttemptId,
        To = new PhoneNumber(called),
        From = new PhoneNumber(Rules.Caller),
        Recording = HarnessDocuments.Recording,
    };
}
