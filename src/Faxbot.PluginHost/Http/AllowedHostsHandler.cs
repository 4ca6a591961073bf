namespace Faxbot.PluginHost.Http;

/// <summary>Lets requests pass that go to an allowed host over HTTPS.</summary>
internal sealed class AllowedHostsHandler(AllowedHosts hosts, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Check(request.RequestUri);
        return base.SendAsync(request, cancellationToken);
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Await SendAsync.");

    private void Check(Uri? address)
    {
        if (address?.Scheme != Uri.UriSchemeHttps) throw new HttpRequestException("Only https addresses can be reached.");
        if (!hosts.Hold(address.IdnHost)) throw hosts.Refusal(address.IdnHost);
    }
}
