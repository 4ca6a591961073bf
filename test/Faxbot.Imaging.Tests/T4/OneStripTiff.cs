using System.Buffers.Binary;

namespace Faxbot.Imaging.Tests.T4;

/// <summary>The smallest bi-level TIFF that libtiff's tools read, little-endian, its data in one strip.</summary>
internal sealed record OneStripTiff(int Width, int Height, int Compression, int T4Options, byte[] Strip)
{
    public const int Uncompressed = 1;
    public const int ModifiedHuffman = 2;
    public const int Group3 = 3;
    public const int Group4 = 4;

    private const int DirectoryOffset = 8;
    private const int EntryOctets = 12;

    public byte[] Write()
    {
        (int Tag, int Value)[] entries =
        [
            (256, Width), (257, Height), (258, 1), (259, Compression), (262, 0), (266, 1), (273, 0), (277, 1), (278, Height),
            (279, Strip.Length), (292, T4Options),
        ];
        var data = DirectoryOffset + 2 + (EntryOctets * entries.Length) + 4;
        var file = new byte[data + Strip.Length];
        "II"u8.CopyTo(file);
        file[2] = 42;
        file[4] = DirectoryOffset;
        file[DirectoryOffset] = (byte)entries.Length;
        for (var i = 0; i < entries.Length; i++)
        {
            var entry = file.AsSpan(DirectoryOffset + 2 + (EntryOctets * i));
            BinaryPrimitives.WriteUInt16LittleEndian(entry, (ushort)entries[i].Tag);
            entry[2] = 4;
            entry[4] = 1;
            BinaryPrimitives.WriteInt32LittleEndian(entry[8..], entries[i].Tag == 273 ? data : entries[i].Value);
        }

        Strip.CopyTo(file, data);
        return file;
    }

    public static OneStripTiff Read(byte[] file)
    {
        Assert.Equal((byte)'I', file[0]);
        var directory = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(4));
        var values = new Dictionary<int, int> { [266] = 1, [292] = 0 };
        for (var i = 0; i < BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(directory)); i++)
        {
            var entry = file.AsSpan(directory + 2 + (EntryOctets * i), EntryOctets);
            if (entry[4] != 1) continue;
            values[BinaryPrimitives.ReadUInt16LittleEndian(entry)] = entry[2] == 3
                ? BinaryPrimitives.ReadUInt16LittleEndian(entry[8..])
                : BinaryPrimitives.ReadInt32LittleEndian(entry[8..]);
        }

        Assert.Equal(1, values[266]);
        return new OneStripTiff(values[256], values[257], values[259], values[292], file.AsSpan(values[273], values[279]).ToArray());
    }
}
