using System.Text.Json;
using Faxbot.Sdk.Calls;
using Faxbot.Sdk.Plugins;

namespace Faxbot.Sdk.Trunks;

/// <summary>Calls over any SIP trunk and plays recordings. A package is a manifest and a <c>trunk.json</c>, as with <see cref="SipFaxPlugin"/>.</summary>
public class SipVoicePlugin : VoicePlugin
{
    private readonly PackagedTrunk _package;

    /// <summary>For the trunk of its package.</summary>
    public SipVoicePlugin() => _package = new PackagedTrunk(() => Context, settings => TemplateFor(settings));

    /// <summary>The trunk, made from the settings; asked for with each call. Here by the package's template.</summary>
    /// <exception cref="PluginException">The settings do not make one.</exception>
    protected virtual TrunkProfile Trunk => _package.Profile;

    /// <inheritdoc/>
    public override async Task<CallResult> PlaceCallAsync(CallRequest call, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(call);
        await Context.Lines.PlaceCallAsync(Trunk, call, cancel).ConfigureAwait(false);
        return new CallResult(call.AttemptId, Manifest.Id);
    }

    /// <inheritdoc/>
    public override Task<CallStatus> GetCallStatusAsync(CallReference call, CancellationToken cancel) => Context.Lines.GetCallStatusAsync(call, cancel);

    /// <inheritdoc/>
    public override Task<bool> CancelCallAsync(CallReference call, CancellationToken cancel) => Context.Lines.CancelCallAsync(call, cancel);

    /// <inheritdoc/>
    public override Task<IReadOnlyList<ConfigProblem>> ValidateConfigAsync(JsonElement settings, CancellationToken cancel) => Task.FromResult(_package.Check(settings));

    /// <summary>Registers where the trunk needs that. Calls that come in by it are taken as faxes: nobody listens to a voice here.</summary>
    public override async Task StartAsync(CancellationToken cancel)
    {
        if (Trunk.Registration is not null) await Context.Lines.ConnectAsync(Trunk, cancel).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    // A check that dials sends a fax page: whoever answers a voice call is left alone.
    public override Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancel) => Context.Lines.CheckAsync(Trunk, new CheckRequest(), cancel);

    /// <summary>The template for these settings: the package's <c>trunk.json</c>, or the one of the provider that they name.</summary>
    protected virtual TrunkTemplate TemplateFor(JsonElement settings) => _package.ReadFor(settings);
}
