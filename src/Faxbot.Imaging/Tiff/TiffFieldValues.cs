namespace Faxbot.Imaging.Tiff;

/// <summary>
/// The values of a field of unsigned whole numbers, read in passing: a page of 65 536 strips costs no more memory than one of two.
/// </summary>
internal sealed class TiffFieldValues(TiffSource source, TiffField values)
{
    private readonly byte[] _window = new byte[256];
    private readonly int _size = values.Type.Size();
    private long _windowStart = -1;
    private int _windowLength;

    /// <summary>Whether values can be read: SHORT and LONG are what strips have (TIFF 6.0, section 8).</summary>
    public bool IsValid => values.Type is TiffFieldType.Short or TiffFieldType.Long;

    public uint Count => values.Count;

    public bool TryGet(uint index, out uint value)
    {
        value = 0;
        if (!IsValid || index >= values.Count) return false;
        var offset = values.Offset + ((long)index * _size);
        if (_windowStart < 0 || offset < _windowStart || offset + _size > _windowStart + _windowLength)
        {
            _windowStart = offset;
            _windowLength = source.Read(offset, _window);
            if (_windowLength < _size) return false;
        }

        var octets = _window.AsSpan((int)(offset - _windowStart), _size);
        value = _size == 2 ? source.ToUInt16(octets) : source.ToUInt32(octets);
        return true;
    }
}
