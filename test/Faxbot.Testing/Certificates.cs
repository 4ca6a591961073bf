using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Faxbot.Testing;

/// <summary>An authority of a test's own, and the certificates that it gives out.</summary>
public sealed class Certificates : IDisposable
{
    private static readonly DateTimeOffset Begin = TimeProvider.System.GetUtcNow().AddDays(-1);
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>Makes the authority.</summary>
    public Certificates()
    {
        var request = new CertificateRequest("CN=Faxbot test authority", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        Root = request.CreateSelfSigned(Begin, Begin.AddYears(1));
    }

    /// <summary>Who vouches.</summary>
    public X509Certificate2 Root { get; }

    /// <summary>A certificate with its key for host names, addresses and SIP URIs, such as <c>sip:example.net</c>.</summary>
    public X509Certificate2 For(params string[] names) => For(Begin.AddYears(1), names);

    /// <summary>One that ran out an hour ago.</summary>
    public X509Certificate2 ExpiredFor(params string[] names) => For(Begin.AddHours(23), names);

    /// <summary>Writes a certificate and its key to one file, as programs on OpenSSL read it.</summary>
    public static void WritePem(string path, X509Certificate2 certificate) =>
        File.WriteAllText(path, $"{certificate.ExportCertificatePem()}\n{certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()}\n");

    /// <inheritdoc/>
    public void Dispose()
    {
        Root.Dispose();
        _key.Dispose();
    }

    private X509Certificate2 For(DateTimeOffset end, string[] names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Faxbot test", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (name.StartsWith("sip:", StringComparison.Ordinal)) alternatives.AddUri(new Uri(name));
            else if (IPAddress.TryParse(name, out var address)) alternatives.AddIpAddress(address);
            else alternatives.AddDnsName(name);
        }

        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], false));
        using var signed = request.Create(Root, Begin, end, RandomNumberGenerator.GetBytes(8));
        using var whole = signed.CopyWithPrivateKey(key);
        // SslStream wants a key that the platform keeps.
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }
}
