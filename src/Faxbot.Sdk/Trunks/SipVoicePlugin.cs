using System.Text.Json;
using Faxbot.Sdk.Calls;
using Faxbot.Sdk.Plugins;

namespace Faxbot.Sdk.Trunks;

/// <summary>Calls over any SIP trunk and plays recordings. A package is a manifest and a <c>trunk.json</c>, as with <see cref="SipFaxPlugin"/>.</summary>
public class SipVoicePlugin : VoicePlugin
{
    private TrunkProfile? _trunk;

    // New settings come with a new process.
    private TrunkProfile Trunk => _trunk ??= TrunkOfPackage.Make(TemplateFor(Context.Settings), Context.Settings);

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
    public override Task<IReadOnlyList<ConfigProblem>> ValidateConfigAsync(JsonElement settings, CancellationToken cancel)
    {
        TemplateFor(settings).Fill(settings, out var problems);
        return Task.FromResult(problems);
    }

    /// <summary>Registers where the trunk needs that. Calls that come in by it are taken as faxes: nobody listens to a voice here.</summary>
    public override async Task StartAsync(CancellationToken cancel)
    {
        if (Trunk.Registration is not null) await Context.Lines.ConnectAsync(Trunk, cancel).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancel) =>
        // A check that dials sends a fax page: whoever answers a voice call is left alone.
        Context.Lines.CheckAsync(Trunk, request with { Dial = null }, cancel);

    /// <summary>The template for these settings: the package's <c>trunk.json</c>.</summary>
    protected virtual TrunkTemplate TemplateFor(JsonElement settings) => TrunkOfPackage.Read(Context.Package, TrunkTemplate.FileName);

    /// <summary>Reads a template of the package.</summary>
    /// <param name="name">Its path within the package.</param>
    protected TrunkTemplate ReadTemplate(string name) => TrunkOfPackage.Read(Context.Package, name);
}
