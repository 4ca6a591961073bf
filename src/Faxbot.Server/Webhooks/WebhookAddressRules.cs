using System.Net;
using Faxbot.Server.Configuration;

namespace Faxbot.Server.Webhooks;

/// <summary>Which addresses a caller may name. What a name resolves to is looked at again with each connection (<see cref="WebhookConnector"/>).</summary>
internal sealed class WebhookAddressRules(WebhookOptions options)
{
    private const int Longest = 2000;

    /// <summary>What is wrong with an address; null when nothing is.</summary>
    public string? Problem(string text)
    {
        if (text.Length > Longest || !Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Host.Length == 0) return "Give a whole address, such as https://example.com/faxes.";
        if (address.Scheme != Uri.UriSchemeHttps && !(options.AllowPrivateAddresses && address.Scheme == Uri.UriSchemeHttp)) return "It must begin with https://.";
        if (address.UserInfo.Length > 0) return "Leave user and password out; deliveries are signed.";
        return IPAddress.TryParse(address.DnsSafeHost, out var literal) && !MayReach(literal) ? "It is a private or reserved address, which this gateway does not call." : null;
    }

    public bool MayReach(IPAddress address) => options.AllowPrivateAddresses || PublicAddresses.Contains(address);
}
