namespace Faxbot.Sdk.Wire;

/// <summary>The error codes of the protocol beside JSON-RPC's own.</summary>
internal static class WireErrors
{
    /// <summary>Surely not taken; <c>data</c> is the outcome record.</summary>
    public const int Rejected = -32001;

    /// <summary>The message is a sentence for the operator.</summary>
    public const int Problem = -32002;

    /// <summary>The plugin does not have that capability.</summary>
    public const int NotSupported = -32003;

    /// <summary>The gateway cannot do that as it is set up.</summary>
    public const int NotPossible = -32004;

    /// <summary>Manifest, class or contract version do not fit: starting again will not help.</summary>
    public const int Refused = -32005;
}
