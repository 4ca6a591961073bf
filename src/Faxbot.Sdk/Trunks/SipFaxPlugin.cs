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
    private TrunkProfile? _trunk;

    /// <summary>The trunk, made from the settings; asked for with each call. Here by the package's <c>trunk.json</c>.</summary>
    /// <exception cref="PluginException">The settings do not make one.</exception>
    // New settings come with a new process.
    protected virtual TrunkProfile Trunk => _trunk ??= TrunkOfPackage.Make(TemplateFor(Context.Settings), Context.Settings);

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
    public override Task<IReadOnlyList<ConfigProblem>> ValidateConfigAsync(JsonElement settings, CancellationToken cancel)
    {
        TemplateFor(settings).Fill(settings, out var problems);
        return Task.FromResult(problems);
    }

    /// <summary>Registers, where the trunk needs that, and lets its calls in.</summary>
    public override async Task StartAsync(CancellationToken cancel) => await Context.Lines.ConnectAsync(Trunk, cancel).ConfigureAwait(false);

    /// <inheritdoc/>
    public override Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancel) => Context.Lines.CheckAsync(Trunk, request, cancel);

    /// <inheritdoc/>
    public override Task<CheckResult> CheckHealthAsync(CancellationToken cancel) => Context.Lines.CheckHealthAsync(Trunk, cancel);

    /// <summary>The template for these settings: the package's <c>trunk.json</c>.</summary>
    protected virtual TrunkTemplate TemplateFor(JsonElement settings) => ReadTemplate(TrunkTemplate.FileName);

    /// <summary>Reads a template of the package.</summary>
    /// <param name="name">Its path within the package.</param>
    protected TrunkTemplate ReadTemplate(string name) => TrunkOfPackage.Read(Context.Package, name);
}
