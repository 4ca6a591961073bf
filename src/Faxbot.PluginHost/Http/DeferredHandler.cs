namespace Faxbot.PluginHost.Http;

/// <summary>Makes the real handler when the first request comes: many plugins never send one, and what it is made of takes memory.</summary>
internal sealed class DeferredHandler(Func<HttpMessageHandler> make) : HttpMessageHandler
{
    private readonly Lazy<HttpMessageInvoker> _inner = new(() => new HttpMessageInvoker(make()));

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => _inner.Value.SendAsync(request, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing && _inner.IsValueCreated) _inner.Value.Dispose();
        base.Dispose(disposing);
    }
}
