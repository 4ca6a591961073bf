using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;
using Polly;

namespace Faxbot.PluginHost.Http;

/// <summary>Makes the HTTP client of a plugin.</summary>
internal static class PluginHttp
{
    private const int Retries = 3;
    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(15);

    /// <summary>A client that reaches these hosts at public addresses.</summary>
    public static HttpClient Create(IReadOnlyList<string> allowedHosts, ILogger log) => Create(new AllowedHosts(allowedHosts, log), PublicAddress.Is, () => new SocketsHttpHandler());

    /// <summary>A client with its own judgement of addresses, and its own sockets.</summary>
    public static HttpClient Create(AllowedHosts hosts, Func<IPAddress, bool> mayReach, Func<SocketsHttpHandler> sockets) =>
        new(new AllowedHostsHandler(hosts, new DeferredHandler(() => Build(hosts, mayReach, sockets()))));

    private static ResilienceHandler Build(AllowedHosts hosts, Func<IPAddress, bool> mayReach, SocketsHttpHandler sockets)
    {
        sockets.UseProxy = false;
        sockets.ConnectTimeout = ConnectTime;
        sockets.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
        // Redirects are followed inside of this handler, so the host is looked at again; from https to http it follows none.
        sockets.ConnectCallback = (context, cancel) => ConnectAsync(hosts, mayReach, context.DnsEndPoint, cancel);
        var retry = new HttpRetryStrategyOptions { MaxRetryAttempts = Retries, BackoffType = DelayBackoffType.Exponential, UseJitter = true, Delay = TimeSpan.FromMilliseconds(500) };
        // A request that is not idempotent may have been carried out although its answer was lost.
        retry.DisableForUnsafeHttpMethods();
        return new ResilienceHandler(new ResiliencePipelineBuilder<HttpResponseMessage>().AddRetry(retry).Build()) { InnerHandler = sockets };
    }

    private static async ValueTask<Stream> ConnectAsync(AllowedHosts hosts, Func<IPAddress, bool> mayReach, DnsEndPoint end, CancellationToken cancel)
    {
        if (!hosts.Hold(end.Host)) throw hosts.Refusal(end.Host);
        var addresses = (await Dns.GetHostAddressesAsync(end.Host, cancel)).Where(mayReach).ToArray();
        if (addresses.Length == 0) throw new HttpRequestException(HttpRequestError.ConnectionError, $"{end.Host} has no public address.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, end.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
