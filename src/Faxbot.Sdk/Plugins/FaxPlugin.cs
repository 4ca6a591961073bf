using Faxbot.Sdk.Faxes;

namespace Faxbot.Sdk.Plugins;

/// <summary>A plugin that sends or receives faxes: categories <c>outbound</c> and <c>inbound</c>.</summary>
public abstract class FaxPlugin : Plugin
{
    /// <summary>
    /// Capability <c>send_fax</c>: hands one fax over and returns as soon as the provider or line has taken it; the outcome comes later, from a
    /// tracked call, a webhook or <see cref="GetStatusAsync"/>. Called once for each <see cref="FaxRequest.AttemptId"/>.
    /// </summary>
    /// <exception cref="FaxRejectedException">It was surely not taken; the outcome says why.</exception>
    public virtual Task<SendResult> SendFaxAsync(FaxRequest fax, CancellationToken cancel) => throw NotImplemented("send_fax");

    /// <summary>Capability <c>get_status</c>: what is known now; says <see cref="FaxState.Unknown"/> rather than guess.</summary>
    public virtual Task<FaxStatus> GetStatusAsync(FaxReference fax, CancellationToken cancel) => throw NotImplemented("get_status");

    /// <summary>Capability <c>cancel_fax</c>: asks for an end. The outcome comes as for <see cref="SendFaxAsync"/>; pages may have gone.</summary>
    /// <returns>Whether the provider or line took the wish.</returns>
    public virtual Task<bool> CancelFaxAsync(FaxReference fax, CancellationToken cancel) => throw NotImplemented("cancel_fax");

    /// <summary>Capability <c>receive_fax</c>: fetches the document of a fax that came in, into a file of the plugin's folder.</summary>
    public virtual Task<ReceivedFax> ReceiveFaxAsync(string providerId, CancellationToken cancel) => throw NotImplemented("receive_fax");

    /// <summary>Capability <c>list_inbound</c>: faxes that came in since an instant, for those whose webhook was lost.</summary>
    public virtual Task<IReadOnlyList<InboundNotice>> ListInboundAsync(DateTimeOffset since, CancellationToken cancel) => throw NotImplemented("list_inbound");
}
