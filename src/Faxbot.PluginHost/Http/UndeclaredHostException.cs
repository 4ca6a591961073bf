namespace Faxbot.PluginHost.Http;

/// <summary>The plugin asked for a host that its manifest does not declare; nothing was sent.</summary>
internal sealed class UndeclaredHostException(string host)
    : HttpRequestException(HttpRequestError.InvalidResponse, $"{host} is not one of the manifest's allowed_hosts.");
