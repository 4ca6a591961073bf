using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Numbers;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Testing.Harness;
using Faxbot.Sdk.Testing.Providers;
using Faxbot.Sdk.Webhooks;
using Xunit;

namespace Faxbot.Sdk.Testing.Contracts;

/// <summary>The contract of a plugin that sends text messages, against a provider that the options describe.</summary>
/// <typeparam name="TPlugin">The plugin's class.</typeparam>
public abstract class MessagingPluginContract<TPlugin>(MessagingContractOptions options) : ProviderContract<TPlugin, MessageState>(options)
    where TPlugin : MessagingPlugin, new()
{
    private const string Text = $"Your results are ready, {SampleFax.Person}";
    private const string Answer = $"Thank you, says {SampleFax.Person} & co.: 100% + \u20AC";
    private const string InboundId = "inbound-1";

    /// <summary>The provider has not taken it, and will later.</summary>
    [Fact]
    public Task Too_many_requests_are_told_as_congestion() => RejectedAsync(new ProviderAnswer(429, "{}"), outcome =>
        Assert.True(outcome.Class == OutcomeClass.Congestion, $"429 means that it may be tried again later, {OutcomeClass.Congestion}, and the plugin says {outcome.Class}."));

    /// <summary>So that nobody tries again, and people are told why.</summary>
    [Fact]
    public Task A_recipient_who_opted_out_is_told_as_such() => options.OptedOut is not { } answer ? Task.CompletedTask : RejectedAsync(answer, outcome =>
        Assert.True(
            (outcome.Class, outcome.Party) == (OutcomeClass.Refused, OutcomeParty.Number) && outcome.Sentence.Contains("opted out", StringComparison.Ordinal) && outcome.ProviderCode?.Length > 0,
            $"Who opted out refuses, the number's owner does, the sentence says so, and the provider's code is kept; the plugin says {outcome.Class}, {outcome.Party}, \"{outcome.Sentence}\", {outcome.ProviderCode}."));

    /// <summary>Reasons are kept and shown: they name what happened, and nobody.</summary>
    [Fact]
    public async Task Why_a_message_was_not_delivered_is_said_without_personal_data()
    {
        foreach (var (answer, state) in options.Statuses)
        {
            await RunAsync(
                async (plugin, harness) =>
                {
                    var status = await plugin.GetMessageStatusAsync(Reference(options.Provider.ProviderId), TestContext.Current.CancellationToken);
                    Assert.True(state != MessageState.Undelivered || status.Reason?.Length > 0, "A message that was not delivered has a reason.");
                    harness.Log.Write($"reason: {status.Reason} {status.ProviderCode}");
                },
                provider: CreateProvider().Answer(options.Provider.Status, answer));
        }
    }

    /// <summary>However often the provider tells of it, so that the gateway keeps it once.</summary>
    [Fact]
    public Task A_message_that_came_in_is_told_each_time_with_the_same_id() => options.Inbound is not { } write ? Task.CompletedTask : RunAsync(async (plugin, harness) =>
    {
        var webhook = write(new InboundText(InboundId, options.Destination, options.Sender, Answer, Now, WebhookAddress));
        for (var time = 0; time < 2; time++)
        {
            var result = await plugin.HandleWebhookAsync(webhook, TestContext.Current.CancellationToken);
            Assert.InRange(result.Status, 200, 299);
            var came = Assert.Single(result.InboundMessages);
            Assert.Equal((InboundId, options.Destination, options.Sender, Answer), (came.ProviderId, came.From.Value, came.To.Value, came.Text));
        }
    });

    private protected override async Task<(string ProviderId, string Backend)> SendAsync(TPlugin plugin)
    {
        var sent = await plugin.SendMessageAsync(new MessageRequest
        {
            JobId = JobId,
            AttemptId = AttemptId,
            To = new PhoneNumber(options.Destination),
            From = new PhoneNumber(options.Sender),
            Text = Text,
        }, TestContext.Current.CancellationToken);
        return (sent.ProviderId, sent.Backend);
    }

    private protected override async Task<MessageState> StatusAsync(TPlugin plugin, string? providerId) =>
        (await plugin.GetMessageStatusAsync(Reference(providerId), TestContext.Current.CancellationToken)).State;

    private protected override MessageState? StateIn(WebhookResult result, string providerId) => result.Messages.TryGetValue(providerId, out var status) ? status.State : null;

    private protected override Dictionary<string, string> Values => new(base.Values) { ["text"] = Text };

    private protected override PersonalTexts Personal(PluginHarness harness)
    {
        var personal = base.Personal(harness);
        personal.AddText(Text);
        personal.AddText(Answer);
        return personal;
    }

    private Task RejectedAsync(ProviderAnswer answer, Action<FaxOutcome> look) => RunAsync(
        async (plugin, harness) =>
        {
            var rejected = await Assert.ThrowsAsync<FaxRejectedException>(() => SendAsync(plugin));
            look(rejected.Outcome);
            harness.Log.Write($"thrown: {rejected.Outcome}");
        },
        provider: CreateProvider().Answer(options.Provider.Send, answer));

    private static MessageReference Reference(string? providerId) => new() { JobId = JobId, AttemptId = AttemptId, ProviderId = providerId };
}
