using System.Buffers.Binary;
using System.Text;

namespace Faxbot.Imaging.Tiff;

/// <summary>
/// Lays out one directory, little-endian, with its longer values behind it (TIFF 6.0, section 2). Tags are added in ascending order.
/// </summary>
internal ref struct TiffDirectoryBuilder
{
    /// <summary>Room for <see cref="MaxEntries"/> entries and <see cref="MaxValueOctets"/> octets behind them.</summary>
    public const int MaxSize = 2 + (MaxEntries * EntrySize) + 4 + MaxValueOctets;

    private const int MaxEntries = 24;
    private const int EntrySize = 12;
    private const int MaxValueOctets = 128;

    private readonly Span<byte> _entries;
    private readonly Span<byte> _values;
    private readonly uint _offset;
    private readonly int _tableSize;
    private int _count;
    private int _valueOctets;

    /// <param name="buffer">At least <see cref="MaxSize"/> octets.</param>
    /// <param name="offset">Where in the file the directory will be; even.</param>
    /// <param name="entries">How many entries will be added.</param>
    public TiffDirectoryBuilder(Span<byte> buffer, uint offset, int entries)
    {
        _offset = offset;
        _tableSize = 2 + (entries * EntrySize) + 4;
        buffer[..MaxSize].Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(buffer, (ushort)entries);
        _entries = buffer[2..];
        _values = buffer[_tableSize..];
    }

    /// <summary>Octets of the directory and its values so far.</summary>
    public readonly int Size => _tableSize + _valueOctets;

    /// <summary>Where in the file the link to the next directory is.</summary>
    public readonly uint LinkOffset => _offset + (uint)_tableSize - 4;

    /// <summary>Where in the file the value of the entry added last is, when it fits into the entry.</summary>
    public readonly uint LastInlineOffset => _offset + 2 + (uint)(_count * EntrySize) - 4;

    public void AddShort(TiffTag tag, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Add(tag, TiffFieldType.Short, 1), value);

    public void AddShorts(TiffTag tag, ushort first, ushort second)
    {
        var value = Add(tag, TiffFieldType.Short, 2);
        BinaryPrimitives.WriteUInt16LittleEndian(value, first);
        BinaryPrimitives.WriteUInt16LittleEndian(value[2..], second);
    }

    public void AddLong(TiffTag tag, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Add(tag, TiffFieldType.Long, 1), value);

    public void AddFraction(TiffTag tag, uint numerator, uint denominator)
    {
        var value = Add(tag, TiffFieldType.Rational, 1);
        BinaryPrimitives.WriteUInt32LittleEndian(value, numerator);
        BinaryPrimitives.WriteUInt32LittleEndian(value[4..], denominator);
    }

    public void AddText(TiffTag tag, string text) => Encoding.ASCII.GetBytes(text, Add(tag, TiffFieldType.Ascii, text.Length + 1));

    private Span<byte> Add(TiffTag tag, TiffFieldType type, int count)
    {
        var entry = _entries.Slice(_count++ * EntrySize, EntrySize);
        BinaryPrimitives.WriteUInt16LittleEndian(entry, (ushort)tag);
        BinaryPrimitives.WriteUInt16LittleEndian(entry[2..], (ushort)type);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[4..], (uint)count);
        var octets = type.Size() * count;
        if (octets <= 4) return entry[8..];
        BinaryPrimitives.WriteUInt32LittleEndian(entry[8..], _offset + (uint)Size);
        var value = _values.Slice(_valueOctets, octets);
        _valueOctets += octets + (octets & 1);
        return value;
    }
}
