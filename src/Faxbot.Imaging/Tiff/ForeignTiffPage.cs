namespace Faxbot.Imaging.Tiff;

/// <summary>
/// What of a page's directory is checked before the decoding library sees it: that library allocates what the file asks for, so
/// nothing may ask for more than the file and the limits can justify.
/// </summary>
internal sealed record ForeignTiffPage(uint Offset, int Width, int Height, int Orientation, double? DpiAcross, double? DpiDown)
{
    private const int MaxSamplesPerPixel = 16;
    private const int MaxBitsPerSample = 64;
    private const int LargestSide = 1 << 17;
    private const double CentimetresPerInch = 2.54;

    /// <summary>Whether the file's rows are the picture's columns.</summary>
    public bool IsTransposed => Orientation >= 5;

    public static TiffError TryParse(TiffDirectory directory, int maxPixels, out ForeignTiffPage? page)
    {
        page = null;
        var (width, height) = (directory.Value(TiffTag.ImageWidth, 0), directory.Value(TiffTag.ImageLength, 0));
        if (width is 0 or > LargestSide || height is 0 or > LargestSide) return TiffError.BadDimension;
        if ((long)width * height > maxPixels) return TiffError.TooLarge;
        var samples = directory.Value(TiffTag.SamplesPerPixel, 1);
        var bits = directory.Value(TiffTag.BitsPerSample, 1);
        if (directory.HasUnknownTypes || samples is 0 or > MaxSamplesPerPixel || bits is 0 or > MaxBitsPerSample)
            return TiffError.BadDirectory;
        var error = CheckData(directory, maxPixels);
        if (error != TiffError.None) return error;
        var orientation = directory.Value(TiffTag.Orientation, 1);
        page = new ForeignTiffPage(
            directory.Offset, (int)width, (int)height, orientation is >= 1 and <= 8 ? (int)orientation : 1,
            Dpi(directory, TiffTag.XResolution), Dpi(directory, TiffTag.YResolution));
        return TiffError.None;
    }

    private static TiffError CheckData(TiffDirectory directory, int maxPixels)
    {
        var isTiled = directory.Has(TiffTag.TileWidth) || directory.Has(TiffTag.TileOffsets);
        if (isTiled)
        {
            // TIFF 6.0, section 15: multiples of 16. Smaller ones would ask for as many table entries as pixels.
            var (width, length) = (directory.Value(TiffTag.TileWidth, 0), directory.Value(TiffTag.TileLength, 0));
            if (width < 16 || length < 16) return TiffError.BadDirectory;
            if (width > LargestSide || length > LargestSide || (long)width * length > maxPixels) return TiffError.TooLarge;
        }

        var (offsetsTag, countsTag) = isTiled
            ? (TiffTag.TileOffsets, TiffTag.TileByteCounts)
            : (TiffTag.StripOffsets, TiffTag.StripByteCounts);
        if (!directory.TryGet(offsetsTag, out var offsets)) return TiffError.BadStrip;
        return directory.TryGet(countsTag, out var counts) ? CheckPieces(directory.Source, offsets, counts) : TiffError.None;
    }

    private static TiffError CheckPieces(TiffSource source, TiffField offsets, TiffField counts)
    {
        var starts = new TiffFieldValues(source, offsets);
        var lengths = new TiffFieldValues(source, counts);
        if (!starts.IsValid || !lengths.IsValid || starts.Count != lengths.Count) return TiffError.BadStrip;
        for (var i = 0u; i < starts.Count; i++)
        {
            if (!starts.TryGet(i, out var start) || !lengths.TryGet(i, out var length)) return TiffError.BadStrip;
            if (start > source.Length || length > source.Length - start) return TiffError.Truncated;
        }

        return TiffError.None;
    }

    private static double? Dpi(TiffDirectory directory, TiffTag tag)
    {
        if (!directory.TryGet(tag, out var field) || !field.TryReadFraction(directory.Source, out var value)) return null;
        return directory.Value(TiffTag.ResolutionUnit, 2) switch { 2 => value, 3 => value * CentimetresPerInch, _ => null };
    }
}
