namespace Faxbot.Imaging.Tiff;

/// <summary>Where each strip of a page lies in the file.</summary>
internal sealed class TiffStripTable(TiffSource source, TiffFaxPage page)
{
    private readonly TiffFieldValues _offsets = new(source, page.StripOffsets);
    private readonly TiffFieldValues? _counts = page.StripByteCounts is { } counts ? new(source, counts) : null;

    /// <summary>The octets of strip <paramref name="strip"/>, which lie within the file.</summary>
    public TiffError TryGet(int strip, out long offset, out long length)
    {
        length = 0;
        offset = 0;
        if (!_offsets.TryGet((uint)strip, out var start)) return TiffError.BadStrip;
        offset = start;
        if (start == 0 || start >= source.Length) return TiffError.BadStrip;
        if (_counts is null || !_counts.TryGet((uint)strip, out var count)) count = 0;
        if (count == 0)
        {
            // Some writers leave the length of the only strip out or zero.
            length = source.Length - start;
            return page.StripCount == 1 ? TiffError.None : TiffError.BadStrip;
        }

        length = count;
        return count > source.Length - start ? TiffError.Truncated : TiffError.None;
    }
}
