using System.Buffers.Binary;

namespace Faxbot.Fax.T38;

/// <summary>
/// Writes an IFP packet into the caller's memory: <see cref="WriteIndicator"/>, or <see cref="BeginData"/>, any number of
/// <see cref="Add(T38FieldType, ReadOnlySpan{byte})"/> and <see cref="Finish"/>. A destination that is too small and a value that
/// the version cannot express are errors of the caller and throw.
/// </summary>
/// <remarks>
/// A field without data should come last: libspandsp and what is built on it look for the next field at the next octet, the
/// standard puts it into the same one.
/// </remarks>
public ref struct IfpWriter
{
    /// <summary>The most octets that a packet takes beside its data, when it has one field.</summary>
    public const int MaxOverhead = 7;

    /// <summary>The most fields that a packet can be given; more would need a longer count.</summary>
    public const int MaxFields = 127;

    private readonly Span<byte> _destination;
    private readonly int _countAt;
    private readonly bool _corrected;
    private int _octets;
    private int _bit;
    private int _fields;

    private IfpWriter(Span<byte> destination, int version, T38DataType dataType)
    {
        _destination = destination;
        _corrected = version > 0;
        // SEQUENCE preamble 1, CHOICE index 1, then the enumerated value; the count of fields is aligned behind it.
        _octets = WriteHead(destination, 0xC0, (int)dataType, (int)T38DataType.V8);
        _countAt = _octets;
    }

    /// <summary>Writes an indicator and returns its octets, 1 or 2.</summary>
    public static int WriteIndicator(Span<byte> destination, T38Indicator indicator)
    {
        if (indicator > T38Indicator.V33Training14400)
            throw new ArgumentOutOfRangeException(nameof(indicator), indicator, "Not an indicator of T.38.");
        return WriteHead(destination, 0, (int)indicator, (int)T38Indicator.V8Ansam);
    }

    /// <summary>Writes a data packet with one field and returns its octets.</summary>
    public static int WriteData(Span<byte> destination, int version, T38DataType dataType, T38FieldType fieldType, ReadOnlySpan<byte> data)
    {
        var writer = BeginData(destination, version, dataType);
        writer.Add(fieldType, data);
        return writer.Finish();
    }

    /// <summary>Begins a data packet in the syntax of the call's T.38 <paramref name="version"/>.</summary>
    public static IfpWriter BeginData(Span<byte> destination, int version, T38DataType dataType)
    {
        if (dataType > T38DataType.V33Rate14400)
            throw new ArgumentOutOfRangeException(nameof(dataType), dataType, "Not a data type of T.38.");
        return new IfpWriter(destination, version, dataType);
    }

    /// <summary>Adds a field without data.</summary>
    public void Add(T38FieldType type) => Add(type, default);

    /// <summary>Adds a field; empty <paramref name="data"/> makes one without data. At most 65535 octets.</summary>
    public void Add(T38FieldType type, ReadOnlySpan<byte> data)
    {
        if (type > (_corrected ? T38FieldType.V34Rate : T38FieldType.NonEcmSignalEnd))
            throw new ArgumentOutOfRangeException(nameof(type), type, "The T.38 version has no such field type.");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(data.Length, ushort.MaxValue, nameof(data));
        if (_fields == MaxFields)
            throw new InvalidOperationException($"An IFP packet has at most {MaxFields} fields here.");
        if (_fields++ == 0)
            Put(8, 0);
        Put(1, data.IsEmpty ? 0 : 1);
        PutType(type);
        if (data.IsEmpty)
            return;
        _bit = 0;
        Room(2 + data.Length);
        BinaryPrimitives.WriteUInt16BigEndian(_destination[_octets..], (ushort)(data.Length - 1));
        data.CopyTo(_destination[(_octets + 2)..]);
        _octets += 2 + data.Length;
    }

    /// <summary>Ends the packet and returns its octets.</summary>
    public readonly int Finish()
    {
        if (_fields == 0)
            _destination[0] &= 0x7F;
        else
            _destination[_countAt] = (byte)_fields;
        return _octets;
    }

    private static int WriteHead(Span<byte> destination, int head, int value, int roots)
    {
        var length = value < roots ? 1 : 2;
        if (destination.Length < length)
            throw TooSmall();
        if (value < roots)
        {
            destination[0] = (byte)(head | (value << 1));
            return 1;
        }
        // Extension bit 1, then a normally small number of 1 + 6 bits (X.691 10.6.1).
        var addition = value - roots;
        destination[0] = (byte)(head | 0x20 | (addition >> 2));
        destination[1] = (byte)(addition << 6);
        return 2;
    }

    private static ArgumentException TooSmall() => new("The destination is too small for the packet.", "destination");

    private void PutType(T38FieldType type)
    {
        if (!_corrected)
        {
            Put(3, (int)type);
        }
        else if (type < T38FieldType.CmMessage)
        {
            Put(4, (int)type);
        }
        else
        {
            Put(2, 0b10);
            Put(6, type - T38FieldType.CmMessage);
        }
    }

    private void Put(int count, int value)
    {
        if (_bit == 0)
        {
            Room(1);
            _destination[_octets++] = 0;
        }
        var free = 8 - _bit;
        if (count > free)
        {
            _destination[_octets - 1] |= (byte)(value >> (count - free));
            _bit = 0;
            Put(count - free, value & ((1 << (count - free)) - 1));
            return;
        }
        _destination[_octets - 1] |= (byte)(value << (free - count));
        _bit = (_bit + count) & 7;
    }

    private readonly void Room(int octets)
    {
        if (_destination.Length - _octets < octets)
            throw TooSmall();
    }
}
