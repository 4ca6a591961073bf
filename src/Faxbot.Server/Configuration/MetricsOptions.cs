using System.Net;

namespace Faxbot.Server.Configuration;

/// <summary>What is told to monitoring.</summary>
internal sealed record MetricsOptions
{
    [Setting("Whether there is a page for Prometheus, at /metrics.")]
    public bool Enabled { get; init; } = true;

    [Setting("Address and port of that page alone.", Unset = "`listen`", Example = "127.0.0.1:9464")]
    public IPEndPoint? Listen { get; init; }

    [Setting("The networks that may read it without a key; from elsewhere it takes one with the scope metrics:read.")]
    public IReadOnlyList<IPNetwork> OpenTo { get; init; } = [IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")];

    [Setting("Where traces and metrics are sent over OTLP.", Unset = "nowhere", Example = "http://127.0.0.1:4317")]
    public Uri? OtlpEndpoint { get; init; }
}
