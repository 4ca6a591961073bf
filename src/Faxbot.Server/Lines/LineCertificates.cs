using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Faxbot.Sdk.Faxes;
using Faxbot.Server.Configuration;

namespace Faxbot.Server.Lines;

/// <summary>The certificates of the gateway's own line.</summary>
/// <param name="Own">Ours with its key; null where there is none.</param>
/// <param name="Chain">What leads from it to its root.</param>
/// <param name="Roots">Roots that are believed beside the system's.</param>
internal sealed record LineCertificates(X509Certificate2? Own, X509Certificate2Collection Chain, X509Certificate2Collection Roots)
{
    /// <summary>Reads the files that the settings name.</summary>
    /// <exception cref="FaxRejectedException">One cannot be read.</exception>
    public static LineCertificates Read(SipOptions options)
    {
        var chain = ReadAll(options.TlsCertificate, "sip.tls_certificate");
        return new LineCertificates(options.TlsCertificate is { } file ? ReadOwn(file) : null, [.. chain.Skip(1)], ReadAll(options.TlsRoots, "sip.tls_roots"));
    }

    private static X509Certificate2 ReadOwn(string file)
    {
        try
        {
            using var whole = X509Certificate2.CreateFromPemFile(file);
            // TLS wants a key that the platform keeps.
            return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
        }
        catch (CryptographicException unreadable)
        {
            throw Refused("sip.tls_certificate", file, unreadable);
        }
    }

    /// <summary>Reads the certificates of a file; none where there is no file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="key">The setting that names it.</param>
    /// <exception cref="FaxRejectedException">It cannot be read.</exception>
    public static X509Certificate2Collection ReadAll(string? file, string key)
    {
        X509Certificate2Collection all = [];
        try
        {
            if (file is not null) all.ImportFromPemFile(file);
            return all;
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw Refused(key, file!, unreadable);
        }
    }

    private static FaxRejectedException Refused(string key, string file, Exception why) => new($"{key}: {file} cannot be read: {why.Message}", why);
}
