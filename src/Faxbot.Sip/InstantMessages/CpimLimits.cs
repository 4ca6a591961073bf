namespace Faxbot.Sip.InstantMessages;

/// <summary>The bounds within which a CPIM message is read.</summary>
public sealed record CpimLimits
{
    /// <summary>Limits that fit all that is seen in the field.</summary>
    public static CpimLimits Default { get; } = new();

    /// <summary>Header fields of the message and of its content together.</summary>
    public int MaxHeaderCount { get; init; } = 64;

    /// <summary>Octets of one header field.</summary>
    public int MaxHeaderLength { get; init; } = 2_048;
}
