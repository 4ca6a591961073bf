namespace Faxbot.Testing.Asterisk;

/// <summary>How an instance of the lab behaves; its ports are chosen for it.</summary>
public sealed record AsteriskLabOptions
{
    /// <summary>The error correction it uses in UDPTL: none, redundancy or fec.</summary>
    public string UdptlErrorCorrection { get; init; } = "redundancy";

    /// <summary>Every caller must answer a digest challenge as <see cref="AsteriskLab.Account"/>.</summary>
    public bool RequireAuthentication { get; init; }

    /// <summary>A PEM file of the certificate and key that it shows over TLS; null speaks no TLS.</summary>
    public string? TlsCertificate { get; init; }

    /// <summary>SIP, UDPTL and T.30 go into its log.</summary>
    public bool Trace { get; init; }

    /// <summary>A file with more dialplan; null for none.</summary>
    public string? Dialplan { get; init; }

    /// <summary>Where calls come in; null for the lab's own numbers.</summary>
    public string? Context { get; init; }

    /// <summary>Where messages come in; null for the lab's own echo.</summary>
    public string? MessageContext { get; init; }
}
