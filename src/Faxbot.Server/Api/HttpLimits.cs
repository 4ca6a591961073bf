using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Faxbot.Server.Api;

/// <summary>What a client may ask of the HTTP server, in one place.</summary>
internal static class HttpLimits
{
    /// <summary>What the fields of an upload may take beside its document.</summary>
    public const int FormFields = 64 * 1024;

    /// <summary>One field of an upload.</summary>
    public const int FormField = 4 * 1024;

    /// <summary>Parts of an upload.</summary>
    public const int FormParts = 32;

    /// <summary>The body of a provider's webhook (WebhookRequest.Body).</summary>
    public const int ProviderWebhook = 1024 * 1024;

    /// <summary>Any other body: JSON.</summary>
    public const int Json = 256 * 1024;

    /// <summary>Rows that one answer may have.</summary>
    public const int ListedRows = 500;

    /// <summary>Event streams that one key may hold open.</summary>
    public const int StreamsOfKey = 20;

    private const int Connections = 12_000;
    private const int HeaderCount = 64;
    private const int HeaderOctets = 16 * 1024;
    private const double LeastOctetsPerSecond = 240;
    private static readonly TimeSpan GraceBeforeRate = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Sets them. A client that sends its headers or its body too slowly, or does not take its answer, is cut off, so that ten thousand of them cost
    /// sockets and little else.
    /// </summary>
    public static void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;
        limits.MaxConcurrentConnections = Connections;
        limits.MaxConcurrentUpgradedConnections = 0;
        limits.MaxRequestBodySize = Json;
        limits.MaxRequestHeaderCount = HeaderCount;
        limits.MaxRequestHeadersTotalSize = HeaderOctets;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(60);
        limits.MinRequestBodyDataRate = new MinDataRate(LeastOctetsPerSecond, GraceBeforeRate);
        limits.MinResponseDataRate = new MinDataRate(LeastOctetsPerSecond, GraceBeforeRate);
        limits.Http2.MaxStreamsPerConnection = 64;
    }
}
