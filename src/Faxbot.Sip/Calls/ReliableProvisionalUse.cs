namespace Faxbot.Sip.Calls;

/// <summary>Whether an INVITE speaks of reliable provisional responses (RFC 3262). Those that come are acknowledged in any case.</summary>
public enum ReliableProvisionalUse
{
    /// <summary>It does not, until the peer demands them with 421.</summary>
    WhenDemanded,

    /// <summary>It says that we can.</summary>
    Offered,

    /// <summary>It demands them.</summary>
    Required,
}
