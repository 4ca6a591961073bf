using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Testing.Carriers;
using Faxbot.Sdk.Webhooks;
using Xunit;

namespace Faxbot.Sdk.Testing.Contracts;

/// <summary>The contract of a plugin that sends over a provider's fax API, against a provider that the options describe.</summary>
/// <typeparam name="TPlugin">The plugin's class.</typeparam>
public abstract class RestFaxPluginContract<TPlugin>(RestFaxContractOptions options) : ProviderContract<TPlugin, FaxState>(options)
    where TPlugin : FaxPlugin, new()
{
    /// <summary>A fax that has ended says how.</summary>
    [Fact]
    public async Task A_status_at_the_end_has_its_outcome()
    {
        foreach (var (answer, state) in options.Statuses.Where(one => one.State is FaxState.Success or FaxState.Failed or FaxState.Cancelled))
        {
            await RunAsync(
                async (plugin, harness) =>
                {
                    var status = await plugin.GetStatusAsync(Reference(options.Provider.ProviderId), TestContext.Current.CancellationToken);
                    Assert.True(status.Outcome is not null, $"{state} is an end, and the status has no outcome.");
                    Assert.True(status.Outcome.Class == Outcomes.OutcomeClass.Success == (state == FaxState.Success), $"{state} with an outcome of the class {status.Outcome.Class}.");
                    harness.Log.Write($"told: {status.Outcome.Sentence} {status.Outcome.Next}");
                },
                provider: CreateProvider().Answer(options.Provider.Status, answer));
        }
    }

    private protected override async Task<(string ProviderId, string Backend)> SendAsync(TPlugin plugin)
    {
        var sent = await plugin.SendFaxAsync(CarrierTrial.Request(options.Destination, options.Sender), TestContext.Current.CancellationToken);
        return (sent.ProviderId, sent.Backend);
    }

    private protected override async Task<FaxState> StatusAsync(TPlugin plugin, string? providerId) =>
        (await plugin.GetStatusAsync(Reference(providerId), TestContext.Current.CancellationToken)).State;

    private protected override FaxState? StateIn(WebhookResult result, string providerId) => result.Faxes.TryGetValue(providerId, out var status) ? status.State : null;

    private static FaxReference Reference(string? providerId) => new() { JobId = JobId, AttemptId = AttemptId, ProviderId = providerId };
}
