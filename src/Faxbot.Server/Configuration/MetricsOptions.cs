using System.Net;

namespace Faxbot.Server.Configuration;

/// <summary>The page that Prometheus reads.</summary>
internal sealed record MetricsOptions
{
    [Setting("Whether there is one, at /metrics.")]
    public bool Enabled { get; init; } = true;

    [Setting("Address and port of that page alone.", Unset = "`listen`", Example = "127.0.0.1:9464")]
    public IPEndPoint? Listen { get; init; }
}
