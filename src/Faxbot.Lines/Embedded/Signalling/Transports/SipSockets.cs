using System.Net;
using System.Net.Sockets;

namespace Faxbot.Lines.Embedded.Signalling.Transports;

/// <summary>The sockets that SIP comes to: UDP and TCP on one port, TLS on its own.</summary>
/// <param name="Udp">Datagrams.</param>
/// <param name="Tcp">Listens; null where TCP does not come in.</param>
/// <param name="Tls">Listens; null where there is no certificate.</param>
internal sealed record SipSockets(Socket Udp, Socket? Tcp, Socket? Tls)
{
    private const int Backlog = 128;
    private const int MostTries = 32;

    /// <summary>Binds them.</summary>
    /// <exception cref="SocketException">An address is in use or not of this machine.</exception>
    public static SipSockets Bind(EmbeddedLineOptions options)
    {
        var tls = options.TlsCertificate is null ? null : Listen(new IPEndPoint(options.Bind.Address, options.TlsPort));
        try
        {
            for (var tries = 1; ; tries++)
            {
                var udp = new Socket(options.Bind.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
                try
                {
                    udp.Bind(options.Bind);
                    return new SipSockets(udp, options.Tcp ? Listen((IPEndPoint)udp.LocalEndPoint!) : null, tls);
                }
                catch (SocketException taken) when (options.Bind.Port == 0 && taken.SocketErrorCode == SocketError.AddressAlreadyInUse && tries < MostTries)
                {
                    // Of the port that is free for UDP, TCP is not.
                    udp.Dispose();
                }
                catch
                {
                    udp.Dispose();
                    throw;
                }
            }
        }
        catch
        {
            tls?.Dispose();
            throw;
        }
    }

    private static Socket Listen(IPEndPoint at)
    {
        var listener = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(at);
            listener.Listen(Backlog);
            return listener;
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }
}
