using System.Text.Json;
using Faxbot.Sdk.Accounts;
using Faxbot.Sdk.Context;
using Faxbot.Sdk.Manifests;
using Faxbot.Sdk.Webhooks;

namespace Faxbot.Sdk.Plugins;

/// <summary>
/// What every plugin is. A package holds one class that derives from <see cref="FaxPlugin"/>, <see cref="MessagingPlugin"/> or <see cref="VoicePlugin"/> and has a
/// public constructor without parameters; it lives in a process of its own. Calls may come at the same time from several threads. An exception
/// that leaves a method is recorded with the job as this plugin's failure.
/// </summary>
public abstract class Plugin
{
    private PluginContext? _context;

    /// <summary>What the gateway gives; there from <see cref="StartAsync"/> on.</summary>
    /// <exception cref="InvalidOperationException">The plugin was not attached yet: its constructor must not ask for it.</exception>
    public PluginContext Context => _context ?? throw new InvalidOperationException("The context is there from StartAsync on, not in the constructor.");

    /// <summary>The manifest of its package.</summary>
    public PluginManifest Manifest => Context.Manifest;

    /// <summary>Given once, before anything else is called.</summary>
    /// <exception cref="InvalidOperationException">It has one.</exception>
    public void Attach(PluginContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (Interlocked.CompareExchange(ref _context, context, null) is not null) throw new InvalidOperationException("The plugin has its context.");
    }

    /// <summary>Called once with valid settings; throw <see cref="PluginException"/> with a sentence for the operator when it cannot work with them.</summary>
    public virtual Task StartAsync(CancellationToken cancel) => Task.CompletedTask;

    /// <summary>Called before the process ends in order.</summary>
    public virtual Task StopAsync(CancellationToken cancel) => Task.CompletedTask;

    /// <summary>Checks of settings that a schema cannot say; offline and quick. One entry for each thing that is wrong; none when all is well.</summary>
    public virtual Task<IReadOnlyList<ConfigProblem>> ValidateConfigAsync(JsonElement settings, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<ConfigProblem>>([]);

    /// <summary>
    /// A live check with the settings of <see cref="Context"/>: addresses resolve, credentials are taken. Sends nothing to anybody but to the number
    /// that <paramref name="request"/> gives for it.
    /// </summary>
    public virtual Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancel) => Task.FromResult(CheckResult.Passed);

    /// <summary>Whether it could work now; quick, called every few seconds.</summary>
    public virtual Task<CheckResult> CheckHealthAsync(CancellationToken cancel) => Task.FromResult(CheckResult.Passed);

    /// <summary>A request of the provider to the gateway's webhook address for this plugin. Check its signature before anything else.</summary>
    public virtual Task<WebhookResult> HandleWebhookAsync(WebhookRequest request, CancellationToken cancel) =>
        Task.FromResult(new WebhookResult { Status = 404 });

    /// <summary>Capability <c>get_usage</c>: what was used and what it cost.</summary>
    public virtual Task<UsageReport> GetUsageAsync(UsageQuery query, CancellationToken cancel) => throw NotImplemented("get_usage");

    /// <summary>Capability <c>list_numbers</c>: the numbers that the account has.</summary>
    public virtual Task<IReadOnlyList<OwnedNumber>> ListNumbersAsync(CancellationToken cancel) => throw NotImplemented("list_numbers");

    /// <summary>Capability <c>get_balance</c>: what the account has left.</summary>
    public virtual Task<Money> GetBalanceAsync(CancellationToken cancel) => throw NotImplemented("get_balance");

    /// <summary>For a capability that was called and is not declared.</summary>
    protected static NotSupportedException NotImplemented(string capability) =>
        new($"The plugin does not have the capability {capability}: declare it in the manifest and override its method.");
}
