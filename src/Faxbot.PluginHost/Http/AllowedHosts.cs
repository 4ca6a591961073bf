using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Faxbot.PluginHost.Http;

/// <summary>The hosts of a manifest: names, and <c>*.example.com</c> for all below a name.</summary>
/// <param name="patterns">As the manifest has them.</param>
/// <param name="log">Is told of each refusal, whatever the plugin makes of it.</param>
internal sealed partial class AllowedHosts(IReadOnlyList<string> patterns, ILogger? log = null)
{
    public UndeclaredHostException Refusal(string host)
    {
        Refused(log ?? NullLogger.Instance, host);
        return new UndeclaredHostException(host);
    }

    public bool Hold(string host) => patterns.Any(pattern => pattern.StartsWith("*.", StringComparison.Ordinal)
        ? host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase) && host.Length > pattern.Length - 1
        : host.Equals(pattern, StringComparison.OrdinalIgnoreCase));

    [LoggerMessage(1, LogLevel.Warning, "It asked for {Host}, which is not one of the manifest's allowed_hosts, and was refused")]
    private static partial void Refused(ILogger logger, string host);
}
