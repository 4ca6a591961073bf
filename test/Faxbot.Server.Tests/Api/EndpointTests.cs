namespace Faxbot.Server.Tests.Api;

/// <summary>Tests of endpoints: each has a gateway's HTTP surface of its own, and a client with a key.</summary>
/// <param name="scopes">What the key may do.</param>
public abstract class EndpointTests(params string[] scopes) : IAsyncLifetime
{
    private HttpGateway? _gateway;
    private GatewayClient? _client;

    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private protected HttpGateway Gateway => _gateway!;

    private protected GatewayClient Client => _client!;

    public virtual async ValueTask InitializeAsync()
    {
        _gateway = await StartAsync();
        _client = await _gateway.ClientAsync(scopes);
    }

    public virtual async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_gateway is not null) await _gateway.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected virtual Task<HttpGateway> StartAsync() => HttpGateway.StartAsync();
}
