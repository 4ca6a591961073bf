using System.Text.Json;
using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Plugins;

namespace Faxbot.Sdk.Trunks;

/// <summary>
/// Sends and receives text messages over any SIP trunk (SIP MESSAGE, RFC 3428). A package for a trunk is a manifest and a <c>trunk.json</c>
/// (<see cref="TrunkTemplate"/>), and needs no code.
/// </summary>
public class SipMessagePlugin : MessagingPlugin
{
    private readonly PackagedTrunk _package;

    /// <summary>For the trunk of its package.</summary>
    public SipMessagePlugin() => _package = new PackagedTrunk(() => Context, settings => TemplateFor(settings));

    /// <summary>The trunk, made from the settings; asked for with each call. Here by the package's template.</summary>
    /// <exception cref="PluginException">The settings do not make one.</exception>
    protected virtual TrunkProfile Trunk => _package.Profile;

    /// <inheritdoc/>
    /// <exception cref="PluginException">No answer came: whether it was taken is not known.</exception>
    public override async Task<MessageResult> SendMessageAsync(MessageRequest message, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(message);
        var status = await Context.Lines.SendMessageAsync(Trunk, message, cancel).ConfigureAwait(false);
        return status.State == MessageState.Unknown
            ? throw new PluginException(status.Reason ?? "It is not known whether the trunk took the message.")
            : new MessageResult(message.AttemptId, Manifest.Id);
    }

    /// <inheritdoc/>
    public override Task<MessageStatus> GetMessageStatusAsync(MessageReference message, CancellationToken cancel) => Context.Lines.GetMessageStatusAsync(message, cancel);

    /// <inheritdoc/>
    public override Task<IReadOnlyList<ConfigProblem>> ValidateConfigAsync(JsonElement settings, CancellationToken cancel) => Task.FromResult(_package.Check(settings));

    /// <summary>Registers, where the trunk needs that, and lets its messages in.</summary>
    public override async Task StartAsync(CancellationToken cancel) => await Context.Lines.ConnectAsync(Trunk, cancel).ConfigureAwait(false);

    /// <summary>Looks at the trunk as for a fax, and calls nobody.</summary>
    public override Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancel) => Context.Lines.CheckAsync(Trunk, new CheckRequest(), cancel);

    /// <inheritdoc/>
    public override Task<CheckResult> CheckHealthAsync(CancellationToken cancel) => Context.Lines.CheckHealthAsync(Trunk, cancel);

    /// <summary>
    /// The template for these settings: the package's <c>trunk.json</c>, or, where it has templates of several providers, the one in <c>trunks/</c> that the
    /// setting <c>provider</c> names.
    /// </summary>
    protected virtual TrunkTemplate TemplateFor(JsonElement settings) => _package.ReadFor(settings);
}
