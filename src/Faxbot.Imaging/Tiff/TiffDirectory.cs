namespace Faxbot.Imaging.Tiff;

/// <summary>One image file directory: the tags of a page (TIFF 6.0, section 2).</summary>
internal sealed class TiffDirectory
{
    private const int EntrySize = 12;
    private const int MaxEntries = 512;

    private readonly TiffSource _source;
    private readonly List<TiffField> _fields;

    private TiffDirectory(TiffSource source, uint offset, List<TiffField> fields, uint next)
    {
        _source = source;
        _fields = fields;
        Offset = offset;
        Next = next;
    }

    /// <summary>Where it is in the file.</summary>
    public uint Offset { get; }

    /// <summary>Where the next directory is; 0 is nowhere.</summary>
    public uint Next { get; }

    /// <summary>Whether fields were passed over.</summary>
    public bool HasUnknownTypes { get; private init; }

    /// <summary>Neither a thumbnail of another page (bit 0 of NewSubfileType) nor a mask (bit 2; TIFF 6.0, section 8).</summary>
    public bool IsPage => (Value(TiffTag.NewSubfileType, 0) & 0b101) == 0;

    public TiffSource Source => _source;

    /// <summary>
    /// Reads the directory at <paramref name="offset"/>. Fields of types that do not exist are passed over, as TIFF 6.0 asks.
    /// </summary>
    public static TiffError TryRead(TiffSource source, uint offset, out TiffDirectory? directory)
    {
        directory = null;
        Span<byte> octets = stackalloc byte[EntrySize];
        if (!source.TryRead(offset, octets[..2])) return TiffError.Truncated;
        int count = source.ToUInt16(octets);
        if (count is 0 or > MaxEntries) return TiffError.BadDirectory;
        var entries = new byte[(count * EntrySize) + 4];
        // Old writers leave the last link out at the end of the file: read as none.
        if (source.Read(offset + 2L, entries) < count * EntrySize) return TiffError.Truncated;
        var fields = new List<TiffField>(count);
        for (var i = 0; i < count; i++)
        {
            var error = TryReadEntry(source, offset + 2L + (i * EntrySize), entries.AsSpan(i * EntrySize, EntrySize), fields);
            if (error != TiffError.None) return error;
        }

        directory = new TiffDirectory(source, offset, fields, source.ToUInt32(entries.AsSpan(count * EntrySize)))
        {
            HasUnknownTypes = fields.Count < count,
        };
        return TiffError.None;
    }

    /// <summary>The first field with <paramref name="tag"/>.</summary>
    public bool TryGet(TiffTag tag, out TiffField field)
    {
        foreach (var candidate in _fields)
        {
            if (candidate.Tag != tag) continue;
            field = candidate;
            return true;
        }

        field = default;
        return false;
    }

    public bool Has(TiffTag tag) => TryGet(tag, out _);

    /// <summary>A field's first value; <paramref name="absent"/> where there is no such field or it holds no whole number.</summary>
    public uint Value(TiffTag tag, uint absent) =>
        TryGet(tag, out var field) && field.TryReadFirst(_source, out var value) ? value : absent;

    private static TiffError TryReadEntry(TiffSource source, long at, ReadOnlySpan<byte> entry, List<TiffField> fields)
    {
        var type = (TiffFieldType)source.ToUInt16(entry[2..]);
        var count = source.ToUInt32(entry[4..]);
        var size = type.Size();
        if (size == 0) return TiffError.None;
        var octets = (long)size * count;
        // TIFF 6.0, section 2: what fits into four octets stands in the entry itself.
        var offset = octets <= 4 ? at + 8 : source.ToUInt32(entry[8..]);
        if (offset > source.Length || octets > source.Length - offset) return TiffError.Truncated;
        fields.Add(new TiffField((TiffTag)source.ToUInt16(entry), type, count, offset));
        return TiffError.None;
    }
}
