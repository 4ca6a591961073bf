namespace Faxbot.Sip.Auth;

/// <summary>Quality of protection (RFC 7616 3.3).</summary>
[Flags]
public enum DigestQop
{
    /// <summary>No qop parameter: RFC 2069 compatible.</summary>
    None = 0,
    Auth = 1,
    AuthInt = 2,
}
