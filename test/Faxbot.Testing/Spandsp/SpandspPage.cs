namespace Faxbot.Testing.Spandsp;

/// <summary>One page as the peer sent or received it.</summary>
public sealed record SpandspPage
{
    public int Width { get; init; }

    public int Length { get; init; }

    /// <summary>Pixels per metre: 8031 is R8.</summary>
    public int XResolution { get; init; }

    /// <summary>Lines per metre: 3850, 7700 or 15400.</summary>
    public int YResolution { get; init; }

    /// <summary>Coded octets.</summary>
    public int Bytes { get; init; }

    public int BitRate { get; init; }

    public int BadRows { get; init; }

    /// <summary>Seconds since the start of the call at which the page ended.</summary>
    public double At { get; init; }

    /// <summary>"T.4 1-D", "T.4 2-D" or "T.6".</summary>
    public string Encoding { get; init; } = "";
}
