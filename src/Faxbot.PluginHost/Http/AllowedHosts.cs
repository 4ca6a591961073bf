namespace Faxbot.PluginHost.Http;

/// <summary>The hosts of a manifest: names, and <c>*.example.com</c> for all below a name.</summary>
internal sealed class AllowedHosts(IReadOnlyList<string> patterns)
{
    public static HttpRequestException Refusal(string host) =>
        new(HttpRequestError.InvalidResponse, $"{host} is not one of the manifest's allowed_hosts.");

    public bool Hold(string host) => patterns.Any(pattern => pattern.StartsWith("*.", StringComparison.Ordinal)
        ? host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase) && host.Length > pattern.Length - 1
        : host.Equals(pattern, StringComparison.OrdinalIgnoreCase));
}
