using System.Buffers.Binary;

namespace Faxbot.Fuzz;

/// <summary>A small TIFF file of any tags, to begin mutations with: data first, then one directory.</summary>
internal sealed class SeedTiff(bool bigEndian)
{
    private readonly List<byte> _file = [.. bigEndian ? "MM\0*\0\0\0\0"u8 : "II*\0\0\0\0\0"u8];

    /// <summary>Adds data and returns where it is.</summary>
    public uint Append(byte[] data)
    {
        _file.AddRange(data);
        return (uint)(_file.Count - data.Length);
    }

    /// <summary>Adds the directory: tags in ascending order, 3 is SHORT, 4 LONG and 5 a fraction of two values.</summary>
    public SeedTiff AddDirectory(params (int Tag, int Type, uint[] Values)[] fields)
    {
        var behind = _file.Count + 2 + (fields.Length * 12) + 4;
        var values = new List<byte>();
        var start = _file.Count;
        Add(2, (uint)fields.Length);
        foreach (var (tag, type, numbers) in fields)
        {
            Add(2, (uint)tag);
            Add(2, (uint)type);
            Add(4, (uint)(type == 5 ? numbers.Length / 2 : numbers.Length));
            var octets = numbers.SelectMany(number => Octets(type == 3 ? 2 : 4, number)).ToArray();
            if (octets.Length <= 4)
            {
                _file.AddRange([.. octets, .. new byte[4 - octets.Length]]);
                continue;
            }

            Add(4, (uint)(behind + values.Count));
            values.AddRange(octets);
        }

        Add(4, 0);
        _file.AddRange(values);
        var first = Octets(4, (uint)start);
        for (var i = 0; i < 4; i++) _file[4 + i] = first[i];
        return this;
    }

    /// <summary>The file.</summary>
    public byte[] ToArray() => [.. _file];

    private void Add(int size, uint value) => _file.AddRange(Octets(size, value));

    private byte[] Octets(int size, uint value)
    {
        var octets = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(octets, value);
        var number = octets[(4 - size)..];
        if (!bigEndian) Array.Reverse(number);
        return number;
    }
}
