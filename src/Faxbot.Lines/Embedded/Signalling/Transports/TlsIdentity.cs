using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Faxbot.Sip.Transports;

namespace Faxbot.Lines.Embedded.Signalling.Transports;

/// <summary>Who we are over TLS, and whom we believe: RFC 5922 for the certificates of servers, and our own one for those who ask.</summary>
/// <param name="own">Our certificate with its key; null has none, so nobody can come to us over TLS.</param>
/// <param name="chain">The certificates that lead from ours to its root.</param>
/// <param name="extraRoots">Roots that are believed beside the system's.</param>
internal sealed class TlsIdentity(X509Certificate2? own, X509Certificate2Collection chain, X509Certificate2Collection extraRoots)
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private readonly SslStreamCertificateContext? _own = own is null ? null : SslStreamCertificateContext.Create(own, chain, offline: true);

    /// <summary>How we come to a server.</summary>
    /// <param name="hop">The server.</param>
    /// <param name="refused">Told in words why its certificate is not believed.</param>
    public SslClientAuthenticationOptions Towards(SipHop hop, Action<string> refused) => new()
    {
        TargetHost = hop.ServerName ?? hop.EndPoint.Address.ToString(),
        ClientCertificateContext = _own,
        RemoteCertificateValidationCallback = (_, certificate, seen, errors) =>
        {
            if (Objection(hop, certificate as X509Certificate2, seen, errors) is not { } objection) return true;
            refused(objection);
            return false;
        },
    };

    /// <summary>How servers come to us; null when we have no certificate.</summary>
    public SslServerAuthenticationOptions? AsServer => _own is null ? null : new SslServerAuthenticationOptions { ServerCertificateContext = _own };

    private string? Objection(SipHop hop, X509Certificate2? certificate, X509Chain? seen, SslPolicyErrors errors)
    {
        if (certificate is null || seen is null) return "the server shows no certificate";
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) && !IsOfExtraRoot(certificate, seen)) return Distrust(seen);
        string[] accepted = [hop.ServerName ?? hop.EndPoint.Address.ToString(), .. hop.AlternativeName is { } other ? [other] : Array.Empty<string>()];
        var names = CertificateNames.Of(certificate);
        return accepted.Any(names.Prove) ? null : $"the server's certificate is for {names}, not for {string.Join(" or ", accepted)}";
    }

    private bool IsOfExtraRoot(X509Certificate2 certificate, X509Chain seen)
    {
        if (extraRoots.Count == 0) return false;
        using var tried = new X509Chain();
        tried.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        tried.ChainPolicy.CustomTrustStore.AddRange(extraRoots);
        tried.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        tried.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        foreach (var element in seen.ChainElements) tried.ChainPolicy.ExtraStore.Add(element.Certificate);
        tried.ChainPolicy.ExtraStore.AddRange(seen.ChainPolicy.ExtraStore);
        return tried.Build(certificate);
    }

    private static string Distrust(X509Chain seen)
    {
        var status = seen.ChainStatus.Select(entry => entry.Status).Aggregate(X509ChainStatusFlags.NoError, (all, flag) => all | flag);
        return status.HasFlag(X509ChainStatusFlags.NotTimeValid)
            ? "the server's certificate has run out or is not valid yet"
            : $"nobody whom this machine believes vouches for the server's certificate ({status})";
    }
}
