using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Numbers;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Testing.Carriers;
using Faxbot.Sdk.Testing.Harness;
using Xunit;

namespace Faxbot.Sdk.Testing.Contracts;

/// <summary>
/// The contract of a plugin that sends text messages over a SIP trunk, against a simulated carrier with the provider's own rules. A package runs it with
/// one line:
/// <code>public sealed class ExampleContract() : SipMessagePluginContract&lt;ExamplePlugin&gt;(new() { Settings = "...", Carrier = new() { ... } });</code>
/// </summary>
/// <typeparam name="TPlugin">The plugin's class; <see cref="Trunks.SipMessagePlugin"/> for a package without code.</typeparam>
public abstract class SipMessagePluginContract<TPlugin>(SipFaxContractOptions options) : PluginContract<TPlugin>(options)
    where TPlugin : MessagingPlugin, new()
{
    private const string Text = $"Your results are ready, {SampleFax.Person}";

    private CarrierRules Rules => options.Carrier;

    /// <summary>What the trunk took counts as sent, and as nothing more.</summary>
    [Theory]
    [InlineData(200)]
    [InlineData(202)]
    public async Task What_the_carrier_took_is_sent_and_not_yet_delivered(int status)
    {
        foreach (var destination in Rules.Destinations)
        {
            var trial = await SendAsync(Rules, status, destination);
            Holds(trial.Violations);
            Assert.Null(trial.Thrown);
            Assert.Equal((MessageState.Sent, Manifest.Id), (trial.Status.State, trial.Result!.Backend));
            Assert.Equal([Text], trial.Texts);
        }
    }

    /// <summary>Each refusal ends in the class that retry rules are written for.</summary>
    [Theory]
    [InlineData(403, OutcomeClass.Rejected)]
    [InlineData(404, OutcomeClass.Dead)]
    [InlineData(405, OutcomeClass.Capability)]
    [InlineData(480, OutcomeClass.NoAnswer)]
    [InlineData(503, OutcomeClass.Congestion)]
    public async Task A_refusal_is_told_as_one(int status, OutcomeClass expected)
    {
        var trial = await SendAsync(Rules, status, Rules.Destinations[0]);
        Holds(trial.Violations);
        var rejected = Assert.IsType<FaxRejectedException>(trial.Thrown);
        Assert.True(rejected.Outcome.Class == expected, $"{status} must end as {expected}, and ended as {rejected.Outcome.Class}: {rejected.Outcome.Sentence}");
    }

    /// <summary>Whether it was taken is not known, and that must not be told as a refusal.</summary>
    [Fact]
    public async Task What_nobody_answered_is_not_told_as_a_refusal()
    {
        var trial = await SendAsync(Rules, 408, Rules.Destinations[0]);
        Assert.IsType<PluginException>(trial.Thrown);
        Assert.Equal(MessageState.Unknown, trial.Status.State);
    }

    /// <summary>A wrong password is neither congestion nor the number's fault.</summary>
    [Fact]
    public async Task Credentials_that_the_carrier_does_not_take_end_as_rejected()
    {
        if (Rules is not { Account: { } account, ChallengesInvites: true }) return;
        var trial = await SendAsync(Rules with { Account = account with { Password = $"not {account.Password}" } }, 202, Rules.Destinations[0]);
        var rejected = Assert.IsType<FaxRejectedException>(trial.Thrown);
        Assert.Equal((OutcomeClass.Rejected, OutcomeParty.Trunk), (rejected.Outcome.Class, rejected.Outcome.Party));
    }

    /// <summary>What comes in over the plugin's trunk reaches the gateway once, with its numbers.</summary>
    [Fact]
    public async Task A_message_that_comes_in_reaches_the_gateway()
    {
        await using var carrier = SimulatedCarrier.Open(Rules, time: options.Time);
        await RunAsync(async (_, harness) =>
        {
            if (harness.Lines.Trunk is not { Registration: null, Inbound: { Networks.Count: > 0, Authenticate: false } }) return;
            Assert.Equal(200, await carrier.SendTextAsync(harness.Lines.LocalEndPoint!, Rules.Destinations[0], Rules.Caller, Text));
            var received = Assert.Single(harness.Lines.Messages.Received);
            Assert.Equal((Text, Rules.Destinations[0], Rules.Caller), (received.Text, received.From.Value, received.To.Value));
        }, carrier);
    }

    private protected override PersonalTexts Personal(PluginHarness harness)
    {
        var personal = base.Personal(harness);
        personal.AddText(Text);
        foreach (var number in Rules.Destinations.Append(Rules.Caller)) personal.AddNumber(number);
        return personal;
    }

    private async Task<Trial> SendAsync(CarrierRules rules, int status, string to)
    {
        await using var carrier = SimulatedCarrier.Open(rules, time: options.Time);
        carrier.MessageStatus = status;
        carrier.Expect(to, rules.Caller);
        Trial? trial = null;
        await RunAsync(async (plugin, harness) =>
        {
            MessageResult? result = null;
            Exception? thrown = null;
            var message = new MessageRequest { JobId = "job-1", AttemptId = "attempt-1", To = new PhoneNumber(to), From = new PhoneNumber(rules.Caller), Text = Text };
            try
            {
                result = await plugin.SendMessageAsync(message, TestContext.Current.CancellationToken);
            }
            catch (Exception told) when (told is FaxRejectedException or PluginException)
            {
                thrown = told;
                harness.Log.Write($"thrown: {told.Message}");
            }

            var reference = new MessageReference { JobId = message.JobId, AttemptId = message.AttemptId, ProviderId = result?.ProviderId };
            trial = new Trial(result, thrown, await plugin.GetMessageStatusAsync(reference, TestContext.Current.CancellationToken), carrier.Violations, carrier.Texts);
        }, carrier);
        return trial!;
    }

    private sealed record Trial(MessageResult? Result, Exception? Thrown, MessageStatus Status, IReadOnlyList<string> Violations, IReadOnlyList<string> Texts);
}
