using System.Net;

namespace Faxbot.Server.Configuration;

/// <summary>What is told to monitoring.</summary>
internal sealed record MetricsOptions
{
    [Setting("Whether there is a page for Prometheus, at /metrics; it needs no key.")]
    public bool Enabled { get; init; } = true;

    [Setting("Address and port of that page alone.", Unset = "`listen`", Example = "127.0.0.1:9464")]
    public IPEndPoint? Listen { get; init; }

    [Setting("Where traces and metrics are sent over OTLP.", Unset = "nowhere", Example = "http://127.0.0.1:4317")]
    public Uri? OtlpEndpoint { get; init; }
}
