using System.Globalization;
using Faxbot.Imaging.Pages;

namespace Faxbot.Imaging.Tiff;

/// <summary>The tags of a written fax page, those that RFC 2306 asks for and the three about quality.</summary>
internal static class TiffFaxDirectory
{
    private const ushort PageOfSeveral = 2;
    private const ushort Inch = 2;
    private const uint TwoDimensional = 1;

    /// <summary>Lays out the directory of <paramref name="page"/> for <paramref name="offset"/> in the file and returns its size.</summary>
    /// <param name="buffer">At least <see cref="TiffDirectoryBuilder.MaxSize"/> octets.</param>
    /// <param name="offset">Where in the file it will be.</param>
    /// <param name="page">The page, at its end.</param>
    /// <param name="index">The page's number from 0.</param>
    /// <param name="options">The writer's options.</param>
    /// <param name="linkOffset">Where in the file the link to the next directory is.</param>
    /// <param name="totalOffset">Where in the file the number of all pages is.</param>
    public static int Write(
        Span<byte> buffer, uint offset, TiffPageInProgress page, int index, TiffWriteOptions options,
        out uint linkOffset, out uint totalOffset)
    {
        var entries = 17 + (page.Coding is null ? 0 : 1) + (options.Written is null ? 0 : 1) + (page.BadRows > 0 ? 3 : 0);
        var builder = new TiffDirectoryBuilder(buffer, offset, entries);
        AddRaster(ref builder, page, options);
        var (across, down) = FaxRaster.NominalDpi(page.Format.Resolution);
        builder.AddFraction(TiffTag.XResolution, across, 1);
        builder.AddFraction(TiffTag.YResolution, down, 1);
        if (page.Coding == FaxCoding.Mh) builder.AddLong(TiffTag.T4Options, 0);
        if (page.Coding == FaxCoding.Mr) builder.AddLong(TiffTag.T4Options, TwoDimensional);
        if (page.Coding == FaxCoding.Mmr) builder.AddLong(TiffTag.T6Options, 0);
        builder.AddShort(TiffTag.ResolutionUnit, Inch);
        // RFC 2306: the total is 0 as long as it is not known.
        builder.AddShorts(TiffTag.PageNumber, (ushort)Math.Min(index, ushort.MaxValue), 0);
        totalOffset = builder.LastInlineOffset + sizeof(ushort);
        builder.AddText(TiffTag.Software, options.Software);
        if (options.Written is { } written)
            builder.AddText(TiffTag.DateTime, written.ToString("yyyy':'MM':'dd HH':'mm':'ss", CultureInfo.InvariantCulture));
        if (page.BadRows > 0) AddQuality(ref builder, page);
        linkOffset = builder.LinkOffset;
        return builder.Size;
    }

    private static void AddRaster(ref TiffDirectoryBuilder builder, TiffPageInProgress page, TiffWriteOptions options)
    {
        builder.AddLong(TiffTag.NewSubfileType, PageOfSeveral);
        builder.AddLong(TiffTag.ImageWidth, (uint)page.Format.Width);
        builder.AddLong(TiffTag.ImageLength, (uint)page.Rows);
        builder.AddShort(TiffTag.BitsPerSample, 1);
        builder.AddShort(TiffTag.Compression, (ushort)Compression(page.Coding));
        builder.AddShort(TiffTag.PhotometricInterpretation, 0);
        builder.AddShort(TiffTag.FillOrder, (ushort)(options.LeastSignificantFirst ? 2 : 1));
        builder.AddLong(TiffTag.StripOffsets, page.Start);
        builder.AddShort(TiffTag.Orientation, 1);
        builder.AddShort(TiffTag.SamplesPerPixel, 1);
        builder.AddLong(TiffTag.RowsPerStrip, (uint)page.Rows);
        builder.AddLong(TiffTag.StripByteCounts, page.Length);
    }

    private static void AddQuality(ref TiffDirectoryBuilder builder, TiffPageInProgress page)
    {
        // CleanFaxData: 1 is "bad rows were replaced", 2 "bad rows are still in the data".
        builder.AddLong(TiffTag.BadFaxLines, (uint)page.BadRows);
        builder.AddShort(TiffTag.CleanFaxData, (ushort)(page.TakesRows ? 1 : 2));
        builder.AddLong(TiffTag.ConsecutiveBadFaxLines, (uint)page.LongestBadRun);
    }

    private static TiffCompression Compression(FaxCoding? coding) => coding switch
    {
        null => TiffCompression.None,
        FaxCoding.Mmr => TiffCompression.Group4,
        _ => TiffCompression.Group3,
    };
}
