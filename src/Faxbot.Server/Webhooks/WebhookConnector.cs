using System.Net;
using System.Net.Sockets;

namespace Faxbot.Server.Webhooks;

/// <summary>
/// Opens the connections of webhooks. The addresses that are dialled are the very ones that were looked at, so that a name which changes what it
/// resolves to between the look and the call leads nowhere else.
/// </summary>
/// <param name="rules">Which addresses may be reached.</param>
/// <param name="resolve">What a name resolves to.</param>
internal sealed class WebhookConnector(WebhookAddressRules rules, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    /// <exception cref="WebhookRefusedException">No address of the name may be reached.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var resolved = await resolve(context.DnsEndPoint.Host, cancel);
        var allowed = resolved.Where(rules.MayReach).ToArray();
        if (allowed.Length == 0) throw new WebhookRefusedException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>A webhook's name leads to private or reserved addresses only.</summary>
internal sealed class WebhookRefusedException() : Exception("The name leads to private or reserved addresses, which this gateway does not call.");
