using System.Buffers.Binary;

namespace Faxbot.Imaging.Tiff;

/// <summary>
/// The octets of a TIFF file at any offset, in the file's byte order. Offsets count from where the stream stood.
/// Holds nothing: readers of several pages share one. Not thread-safe, as the stream's position is not.
/// </summary>
internal sealed class TiffSource(Stream stream)
{
    private readonly long _origin = stream.Position;

    /// <summary>Octets in the file.</summary>
    public long Length { get; } = stream.Length - stream.Position;

    /// <summary>"MM" files.</summary>
    public bool BigEndian { get; set; }

    /// <summary>Fills <paramref name="destination"/> from <paramref name="offset"/>, or returns false when the file ends before.</summary>
    public bool TryRead(long offset, Span<byte> destination) => Read(offset, destination) == destination.Length;

    /// <summary>Reads what there is from <paramref name="offset"/> and returns its length.</summary>
    public int Read(long offset, Span<byte> destination)
    {
        if (offset < 0 || offset >= Length) return 0;
        var wanted = destination[..(int)Math.Min(destination.Length, Length - offset)];
        stream.Position = _origin + offset;
        return stream.ReadAtLeast(wanted, wanted.Length, throwOnEndOfStream: false);
    }

    public ushort ToUInt16(ReadOnlySpan<byte> octets) =>
        BigEndian ? BinaryPrimitives.ReadUInt16BigEndian(octets) : BinaryPrimitives.ReadUInt16LittleEndian(octets);

    public uint ToUInt32(ReadOnlySpan<byte> octets) =>
        BigEndian ? BinaryPrimitives.ReadUInt32BigEndian(octets) : BinaryPrimitives.ReadUInt32LittleEndian(octets);

    /// <summary>Reads the header (TIFF 6.0, section 2), sets the byte order and finds the first directory; 0 is none.</summary>
    public TiffError TryReadHeader(out uint firstDirectory)
    {
        firstDirectory = 0;
        Span<byte> header = stackalloc byte[8];
        if (!TryRead(0, header)) return TiffError.NotTiff;
        if (header[..2].SequenceEqual("MM"u8)) BigEndian = true;
        else if (!header[..2].SequenceEqual("II"u8)) return TiffError.NotTiff;
        switch (ToUInt16(header[2..]))
        {
            case 42:
                firstDirectory = ToUInt32(header[4..]);
                return TiffError.None;
            case 43:
                return TiffError.BigTiff;
            default:
                return TiffError.NotTiff;
        }
    }
}
