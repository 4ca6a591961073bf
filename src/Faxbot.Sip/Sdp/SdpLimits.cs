namespace Faxbot.Sip.Sdp;

/// <summary>The bounds within which a session description is read.</summary>
public sealed record SdpLimits
{
    public static SdpLimits Default { get; } = new();

    /// <summary>Octets of the whole description.</summary>
    public int MaxLength { get; init; } = 32_768;

    /// <summary>Lines, of whatever kind.</summary>
    public int MaxLines { get; init; } = 1_000;

    /// <summary>Media descriptions.</summary>
    public int MaxMedia { get; init; } = 32;
}
