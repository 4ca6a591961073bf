using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Numbers;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Testing.Harness;
using Faxbot.Sdk.Webhooks;
using Xunit;

namespace Faxbot.Sdk.Testing.Contracts;

/// <summary>The contract of a plugin that sends text messages, against a provider that the options describe.</summary>
/// <typeparam name="TPlugin">The plugin's class.</typeparam>
public abstract class MessagingPluginContract<TPlugin>(MessagingContractOptions options) : ProviderContract<TPlugin, MessageState>(options)
    where TPlugin : MessagingPlugin, new()
{
    private const string Text = $"Your results are ready, {SampleFax.Person}";

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
        (await plugin.GetMessageStatusAsync(new MessageReference { JobId = JobId, AttemptId = AttemptId, ProviderId = providerId }, TestContext.Current.CancellationToken)).State;

    private protected override MessageState? StateIn(WebhookResult result, string providerId) => result.Messages.TryGetValue(providerId, out var status) ? status.State : null;

    private protected override PersonalTexts Personal(PluginHarness harness)
    {
        var personal = base.Personal(harness);
        personal.AddText(Text);
        return personal;
    }
}
