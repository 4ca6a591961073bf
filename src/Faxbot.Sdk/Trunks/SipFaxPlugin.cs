using System.Text.Json;
using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Lines;
using Faxbot.Sdk.Plugins;

namespace Faxbot.Sdk.Trunks;

/// <summary>
/// Sends faxes over any SIP trunk. A package for a trunk is a manifest and a <c>trunk.json</c> (<see cref="TrunkTemplate"/>), and needs no code; one that
/// can do more with its provider (records, balance, numbers) derives from this class and overrides those methods.
/// </summary>
public class SipFaxPlugin : FaxPlugin
{
    private readonly PackagedTrunk _package;

    /// <summary>For the trunk of its package.</summary>
    public SipFaxPlugin() => _package = new PackagedTrunk(() => Context, settings => TemplateFor(settings));

    /// <summary>The trunk, made from the settings; asked for with each call. Here by the package's template.</summary>
    /// <exception cref="PluginException">The settings do not make one.</exception>
    protected virtual TrunkProfile Trunk => _package.Profile;

    /// <inheritdoc/>
    public override async Task<SendResult> SendFaxAsync(FaxRequest fax, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(fax);
        var tiff = await Context.Documents.ToFaxTiffAsync(fax.Document, fax.Quality, cancel).ConfigureAwait(false);
        var line = await Context.Lines.ConnectAsync(Trunk, cancel).ConfigureAwait(false);
        var call = await line.OriginateAsync(fax.To, tiff, new LineCallOptions(fax.AttemptId, fax.Options, fax.From), cancel).ConfigureAwait(false);
        Context.Jobs.Track(fax.JobId, call);
        return new SendResult(call.Id, Manifest.Id);
    }

    /// <inheritdoc/>
    public override Task<FaxStatus> GetStatusAsync(FaxReference fax, CancellationToken cancel) => Context.Lines.GetStatusAsync(fax, cancel);

    /// <inheritdoc/>
    public override Task<bool> CancelFaxAsync(FaxReference fax, CancellationToken cancel) => Context.Lines.CancelAsync(fax, cancel);

    /// <inheritdoc/>
    public override Task<IReadOnlyList<ConfigProblem>> ValidateConfigAsync(JsonElement settings, CancellationToken cancel) => Task.FromResult(_package.Check(settings));

    /// <summary>Registers, where the trunk needs that, and lets its calls in.</summary>
    public override async Task StartAsync(CancellationToken cancel) => await Context.Lines.ConnectAsync(Trunk, cancel).ConfigureAwait(false);

    /// <inheritdoc/>
    public override Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancel) => Context.Lines.CheckAsync(Trunk, request, cancel);

    /// <inheritdoc/>
    public override Task<CheckResult> CheckHealthAsync(CancellationToken cancel) => Context.Lines.CheckHealthAsync(Trunk, cancel);

    /// <summary>
    /// The template for these settings: the package's <c>trunk.json</c>, or, where it has templates of several providers, the one in <c>trunks/</c> that the
    /// setting <c>provider</c> names.
    /// </summary>
    protected virtual TrunkTemplate TemplateFor(JsonElement settings) => _package.ReadFor(settings);

    /// <summary>Reads a template of the package.</summary>
    /// <param name="name">Its path within the package.</param>
    protected TrunkTemplate ReadTemplate(string name) => _package.Read(name);
}
