using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Lines;
using Faxbot.Sdk.Plugins;

namespace Faxbot.Sdk.Trunks;

/// <summary>
/// Sends faxes over any SIP trunk. A package for a trunk derives from it and says what its trunk is; what more its provider offers (records,
/// balance, numbers) it adds by overriding those methods.
/// </summary>
public abstract class SipFaxPlugin : FaxPlugin
{
    /// <summary>The trunk, made from the settings; asked for with each call.</summary>
    /// <exception cref="PluginException">The settings do not make one.</exception>
    protected abstract TrunkProfile Trunk { get; }

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
    public override Task<CheckResult> CheckAsync(CancellationToken cancel) => Context.Lines.CheckAsync(Trunk, cancel);
}
