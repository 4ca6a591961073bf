using System.Buffers.Binary;

namespace Faxbot.Imaging.Tests.Tiff;

/// <summary>A TIFF file made by hand, with whatever tags a test wants, independent of the production writer.</summary>
internal sealed class TiffDraft(bool bigEndian = false)
{
    private readonly List<byte> _file = [.. bigEndian ? "MM\0*\0\0\0\0"u8 : "II*\0\0\0\0\0"u8];
    private int _link = 4;

    /// <summary>The file so far.</summary>
    public byte[] ToArray() => [.. _file];

    /// <summary>Where the next octets go.</summary>
    public uint Length => (uint)_file.Count;

    /// <summary>Where the link that points to the next page is.</summary>
    public int Link => _link;

    /// <summary>Adds octets and returns where they are.</summary>
    public uint Append(params ReadOnlySpan<byte> octets)
    {
        var at = Length;
        _file.AddRange(octets);
        return at;
    }

    /// <summary>Adds a page's directory and links it to the page before.</summary>
    public TiffDraft AddPage(TiffDraftPage page)
    {
        if (_file.Count % 2 != 0) _file.Add(0);
        Write32(_link, Length);
        var at = _file.Count;
        _file.AddRange(new byte[2 + (page.Count * 12) + 4]);
        Write16(at, (ushort)page.Count);
        var entry = at + 2;
        foreach (var (tag, (type, values)) in page)
        {
            Write16(entry, tag);
            Write16(entry + 2, type);
            Write32(entry + 4, (uint)(type == 5 ? values.Length / 2 : values.Length));
            WriteValues(entry + 8, type, values);
            entry += 12;
        }

        _link = entry;
        return this;
    }

    public TiffDraft Write32(int at, uint value)
    {
        Span<byte> octets = stackalloc byte[4];
        if (bigEndian) BinaryPrimitives.WriteUInt32BigEndian(octets, value);
        else BinaryPrimitives.WriteUInt32LittleEndian(octets, value);
        for (var i = 0; i < 4; i++) _file[at + i] = octets[i];
        return this;
    }

    private void Write16(int at, ushort value)
    {
        _file[at + (bigEndian ? 1 : 0)] = (byte)value;
        _file[at + (bigEndian ? 0 : 1)] = (byte)(value >> 8);
    }

    private void WriteValues(int at, ushort type, uint[] values)
    {
        var size = type switch { 1 => 1, 3 => 2, _ => 4 };
        if (values.Length * size > 4)
        {
            Write32(at, Length);
            at = _file.Count;
            _file.AddRange(new byte[values.Length * size]);
        }

        for (var i = 0; i < values.Length; i++)
        {
            if (size == 1) _file[at + i] = (byte)values[i];
            else if (size == 2) Write16(at + (i * 2), (ushort)values[i]);
            else Write32(at + (i * 4), values[i]);
        }
    }
}
