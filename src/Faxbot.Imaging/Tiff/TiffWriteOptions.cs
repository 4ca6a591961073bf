namespace Faxbot.Imaging.Tiff;

/// <summary>How a <see cref="TiffFaxWriter"/> writes its pages.</summary>
public sealed record TiffWriteOptions
{
    /// <summary>
    /// FillOrder 2: the least significant bit of each octet comes first, as some fax boards have it. Off is what every reader takes.
    /// </summary>
    public bool LeastSignificantFirst { get; init; }

    /// <summary>The pages' DateTime; none when null. Written as it stands, without an offset, as the tag has none.</summary>
    public DateTimeOffset? Written { get; init; }

    /// <summary>The pages' Software: at most 63 characters of ASCII.</summary>
    public string Software { get; init; } = "Faxbot";
}
