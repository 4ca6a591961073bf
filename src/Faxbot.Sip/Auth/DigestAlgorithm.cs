namespace Faxbot.Sip.Auth;

/// <summary>The hash algorithms of digest (RFC 7616 6.1, RFC 8760), weakest first.</summary>
public enum DigestAlgorithm
{
    Md5,
    Md5Session,
    Sha256,
    Sha256Session,
    Sha512Slash256,
    Sha512Slash256Session,
}
