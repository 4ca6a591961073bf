using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using Faxbot.Sip.Messages;

namespace Faxbot.Lines.Embedded.Signalling.Transports;

/// <summary>Whom a certificate speaks for, by its subject alternative names (RFC 5922 7.1).</summary>
internal sealed class CertificateNames
{
    private const string SubjectAlternativeName = "2.5.29.17";

    // RFC 5280 4.2.1.6: uniformResourceIdentifier [6] IA5String.
    private static readonly Asn1Tag Uri = new(TagClass.ContextSpecific, 6);

    private readonly X509Certificate2 _certificate;
    private readonly string[] _domains;

    private CertificateNames(X509Certificate2 certificate, string[] domains) => (_certificate, _domains) = (certificate, domains);

    /// <summary>Reads them; a certificate whose extension cannot be read has none.</summary>
    public static CertificateNames Of(X509Certificate2 certificate)
    {
        try
        {
            return new CertificateNames(certificate, [.. SipDomains(certificate)]);
        }
        catch (AsnContentException)
        {
            return new CertificateNames(certificate, []);
        }
    }

    /// <summary>
    /// Whether the certificate is for <paramref name="name"/>. A SIP URI holds before host names (RFC 5922 7.1). Wildcards are taken, though
    /// 7.2 forbids them: carriers have them in their certificates for regional hosts.
    /// </summary>
    public bool Prove(string name) => _domains.Length > 0
        ? _domains.Contains(name, StringComparer.OrdinalIgnoreCase)
        : _certificate.MatchesHostname(name, allowWildcards: true, allowCommonName: false);

    public override string ToString()
    {
        if (_domains.Length > 0) return string.Join(", ", _domains);
        var names = _certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(extension => extension.EnumerateDnsNames().Concat(extension.EnumerateIPAddresses().Select(address => address.ToString()))).ToList();
        return names.Count > 0 ? string.Join(", ", names) : "nobody (it has no subject alternative name)";
    }

    private static List<string> SipDomains(X509Certificate2 certificate)
    {
        List<string> domains = [];
        foreach (var extension in certificate.Extensions.Where(extension => extension.Oid?.Value == SubjectAlternativeName))
        {
            var names = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
            while (names.HasData)
            {
                if (names.PeekTag() != Uri) names.ReadEncodedValue();
                // A URI with a user part is for that user, not for a domain.
                else if (SipUri.TryParse(names.ReadCharacterString(UniversalTagNumber.IA5String, Uri), out var uri) && uri is { IsSip: true, User: null }) domains.Add(uri.Host);
            }
        }

        return domains;
    }
}
