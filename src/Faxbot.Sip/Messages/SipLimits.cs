namespace Faxbot.Sip.Messages;

/// <summary>
/// The bounds within which a message from a peer is read. What exceeds one is refused, so time and memory per message are bounded.
/// </summary>
public sealed record SipLimits
{
    /// <summary>The limits that fit any UDP datagram and every trunk seen in the field.</summary>
    public static SipLimits Default { get; } = new();

    /// <summary>Octets of a whole message, body included.</summary>
    public int MaxMessageLength { get; init; } = 65_535;

    /// <summary>Octets of the request or status line.</summary>
    public int MaxStartLineLength { get; init; } = 4_096;

    /// <summary>Header fields of a message, after comma lists of Via, Contact, Route and Record-Route were split.</summary>
    public int MaxHeaderCount { get; init; } = 256;

    /// <summary>Octets of one header field, folded lines included.</summary>
    public int MaxHeaderLength { get; init; } = 8_192;

    /// <summary>Characters of a SIP URI.</summary>
    public int MaxUriLength { get; init; } = 2_048;

    /// <summary>
    /// Entries of one comma list of Via, Contact or routes. Other lists and parameters are bounded by <see cref="MaxHeaderLength"/>.
    /// </summary>
    public int MaxListEntries { get; init; } = 100;
}
