namespace Faxbot.Imaging.Tiff;

/// <summary>The tags that fax pages use (TIFF 6.0; RFC 2306 for the last three of its numbering).</summary>
internal enum TiffTag : ushort
{
    NewSubfileType = 254,
    ImageWidth = 256,
    ImageLength = 257,
    BitsPerSample = 258,
    Compression = 259,
    PhotometricInterpretation = 262,
    FillOrder = 266,
    StripOffsets = 273,
    Orientation = 274,
    SamplesPerPixel = 277,
    RowsPerStrip = 278,
    StripByteCounts = 279,
    XResolution = 282,
    YResolution = 283,
    T4Options = 292,
    T6Options = 293,
    ResolutionUnit = 296,
    PageNumber = 297,
    Software = 305,
    DateTime = 306,
    TileWidth = 322,
    TileLength = 323,
    TileOffsets = 324,
    TileByteCounts = 325,
    BadFaxLines = 326,
    CleanFaxData = 327,
    ConsecutiveBadFaxLines = 328,
}
