namespace Faxbot.Imaging.Tiff;

/// <summary>The octets of one strip from first to last, most significant bit first whatever the file's fill order.</summary>
internal sealed class TiffOctets(TiffSource source, long offset, long length, bool reverse)
{
    private long _read;

    /// <summary>Octets in all.</summary>
    public long Length => length;

    /// <summary>Reads on; 0 is the end.</summary>
    public int Read(Span<byte> destination)
    {
        var octets = destination[..(int)Math.Min(destination.Length, length - _read)];
        var read = source.Read(offset + _read, octets);
        _read += read;
        if (reverse) BitOrder.Reverse(octets[..read]);
        return read;
    }
}
