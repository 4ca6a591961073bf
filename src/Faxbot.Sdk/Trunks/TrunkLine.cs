namespace Faxbot.Sdk.Trunks;

/// <summary>What carries the calls of a trunk.</summary>
public enum TrunkLine
{
    /// <summary>The gateway's own SIP and T.38.</summary>
    Embedded,
    /// <summary>An Asterisk that the gateway controls; the trunk is configured there, which <c>faxbot asterisk config</c> writes.</summary>
    Asterisk,
}
