namespace Faxbot.Imaging.Tiff;

/// <summary>What a writer appends to its file, through a buffer of a few KB, and the few octets that it changes later.</summary>
internal sealed class TiffOutput(Stream stream, bool reverse)
{
    private const int BufferSize = 4096;

    private readonly long _origin = stream.Position;
    private byte[] _buffer = new byte[BufferSize];
    private int _buffered;
    private long _written;

    /// <summary>Octets of the file so far.</summary>
    public long Length => _written + _buffered;

    /// <summary>Room for <paramref name="octets"/> at the end; <see cref="Advance"/> says how many were used.</summary>
    /// <exception cref="IOException">The stream cannot be written, or the file would exceed 4 GiB.</exception>
    public Span<byte> Reserve(int octets)
    {
        if (_buffer.Length - _buffered < octets) FlushBuffer();
        if (_buffer.Length < octets) _buffer = new byte[octets];
        return _buffer.AsSpan(_buffered);
    }

    public void Advance(int octets) => _buffered += octets;

    /// <summary>Appends image data, turned around where the fill order asks for it.</summary>
    public void WriteData(ReadOnlySpan<byte> octets)
    {
        while (octets.Length > 0)
        {
            if (_buffered == _buffer.Length) FlushBuffer();
            var part = octets[..Math.Min(octets.Length, _buffer.Length - _buffered)];
            part.CopyTo(_buffer.AsSpan(_buffered));
            _buffered += part.Length;
            octets = octets[part.Length..];
        }
    }

    /// <summary>Appends the file's own structures, and hands everything so far to the stream.</summary>
    public void WriteStructure(ReadOnlySpan<byte> octets)
    {
        FlushBuffer();
        Append(octets);
        stream.Flush();
    }

    /// <summary>Replaces octets that were written earlier.</summary>
    public void Patch(long offset, ReadOnlySpan<byte> octets)
    {
        FlushBuffer();
        stream.Position = _origin + offset;
        stream.Write(octets);
        stream.Position = _origin + _written;
    }

    public void Flush()
    {
        FlushBuffer();
        stream.Flush();
    }

    /// <summary>Cuts off what is behind <paramref name="length"/>.</summary>
    public void Truncate(long length)
    {
        _buffered = 0;
        if (length >= _written) return;
        _written = length;
        stream.Position = _origin + length;
        stream.SetLength(_origin + length);
    }

    private void FlushBuffer()
    {
        var octets = _buffer.AsSpan(0, _buffered);
        if (octets.Length == 0) return;
        _buffered = 0;
        if (reverse) BitOrder.Reverse(octets);
        Append(octets);
    }

    private void Append(ReadOnlySpan<byte> octets)
    {
        // TIFF 6.0, section 2: offsets have 32 bits.
        if (_written + octets.Length > uint.MaxValue) throw new IOException("A TIFF file cannot exceed 4 GiB.");
        stream.Write(octets);
        _written += octets.Length;
    }
}
