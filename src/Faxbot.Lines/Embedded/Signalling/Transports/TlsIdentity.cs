using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Faxbot.Sip.Transports;

namespace Faxbot.Lines.Embedded.Signalling.Transports;

/// <summary>Who we are over TLS, and whom we believe: RFC 5922 for the certificates of servers, and our own one for those who ask.</summary>
/// <param name="own">Our certificate with its key; null has none, so nobody can come to us over TLS.</param>
/// <param name="extraRoots">Roots that are believed beside the system's.</param>
internal sealed class TlsIdentity(X509Certificate2? own, X509Certificate2Collection extraRoots)
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private readonly SslStreamCertificateContext? _own = own is null ? null : SslStreamCertificateContext.Create(own, null, offline: true);

    /// <summary>How we come to a server.</summary>
    /// <param name="hop">The server.</param>
    /// <param name="refused">Told in words why its certificate is not believed.</param>
    public SslClientAuthenticationOptions Towards(SipHop hop, Action<string> refused) => new()
    {
        TargetHost = hop.ServerName ?? hop.EndPoint.Address.ToString(),
        ClientCertificateContext = _own,
        RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
        {
            if (Objection(hop, certificate as X509Certificate2, chain, errors) is not { } objection) return true;
            refused(objection);
            return false;
        },
    };

    /// <summary>How servers come to us; null when we have no certificate.</summary>
    public SslServerAuthenticationOptions? AsServer => _own is null ? null : new SslServerAuthenticationOptions { ServerCertificateContext = _own };

    private string? Objection(SipHop hop, X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null || chain is null) return "the server shows no certificate";
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) && !IsOfExtraRoot(certificate, chain)) return Distrust(chain);
        string[] accepted = [hop.ServerName ?? hop.EndPoint.Address.ToString(), .. hop.AlternativeName is { } other ? [other] : Array.Empty<string>()];
        var names = CertificateNames.Of(certificate);
        return accepted.Any(names.Prove) ? null : $"the server's certificate is for {names}, not for {string.Join(" or ", accepted)}";
    }

    private bool IsOfExtraRoot(X509Certificate2 certificate, X509Chain seen)
    {
        if (extraRoots.Count == 0) return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(extraRoots);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid(ServerAuthentication));
        foreach (var element in seen.ChainElements) chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        chain.ChainPolicy.ExtraStore.AddRange(seen.ChainPolicy.ExtraStore);
        return chain.Build(certificate);
    }

    private static string Distrust(X509Chain chain)
    {
        var status = chain.ChainStatus.Select(entry => entry.Status).Aggregate(X509ChainStatusFlags.NoError, (all, flag) => all | flag);
        return status.HasFlag(X509ChainStatusFlags.NotTimeValid)
            ? "the server's certificate has run out or is not valid yet"
            : $"nobody whom this machine believes vouches for the server's certificate ({status})";
    }
}
