using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Faxbot.Lines.Asterisk.Manager;

/// <summary>Opens the stream to a manager interface, over TCP or TLS.</summary>
internal static class AmiTransport
{
    /// <summary>Connects.</summary>
    /// <exception cref="SocketException">Nobody answers there.</exception>
    /// <exception cref="IOException">The connection broke, or TLS was not agreed on.</exception>
    /// <exception cref="System.Security.Authentication.AuthenticationException">The certificate does not prove the server.</exception>
    public static async Task<Stream> OpenAsync(AsteriskServer server, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(server.Host, server.ManagerPort, cancel);
            var plain = new NetworkStream(socket, ownsSocket: true);
            return server.Tls ? await SecureAsync(plain, server, cancel) : plain;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<Stream> SecureAsync(Stream plain, AsteriskServer server, CancellationToken cancel)
    {
        var tls = new SslStream(plain, leaveInnerStreamOpen: false);
        var options = new SslClientAuthenticationOptions { TargetHost = server.TlsName ?? server.Host };
        if (server.TlsRoots.Count > 0)
        {
            options.RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
                // The name must be right in any case; the roots given here stand beside the system's.
                (errors & (SslPolicyErrors.RemoteCertificateNameMismatch | SslPolicyErrors.RemoteCertificateNotAvailable)) == 0
                && (errors == SslPolicyErrors.None || LeadsTo(server.TlsRoots, certificate));
        }

        try
        {
            await tls.AuthenticateAsClientAsync(options, cancel);
            return tls;
        }
        catch
        {
            await tls.DisposeAsync();
            throw;
        }
    }

    private static bool LeadsTo(X509Certificate2Collection roots, X509Certificate? certificate)
    {
        if (certificate is null) return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        // A private root has no place that would say what it revoked.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        using var copy = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return chain.Build(copy);
    }
}
