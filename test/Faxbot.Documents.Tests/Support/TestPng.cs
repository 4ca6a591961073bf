using System.Buffers.Binary;
using System.IO.Compression;

namespace Faxbot.Documents.Tests.Support;

/// <summary>Writes PNG of all kinds of pixels, which image libraries rarely do.</summary>
internal static class TestPng
{
    /// <summary>Writes a file.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Rows.</param>
    /// <param name="depth">Bits a sample.</param>
    /// <param name="colourType">PNG 11.2.2: 0 grey, 2 RGB, 3 palette, 4 grey with alpha, 6 RGB with alpha.</param>
    /// <param name="row">The octets of each row.</param>
    /// <param name="palette">RGB triples.</param>
    public static string Write(string path, int width, int height, byte depth, byte colourType, Func<int, byte[]> row, byte[]? palette = null)
    {
        using var output = File.Create(path);
        output.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (depth, colourType);
        Chunk(output, "IHDR"u8, header);
        if (palette is not null) Chunk(output, "PLTE"u8, palette);
        using var data = new MemoryStream();
        using (var deflate = new ZLibStream(data, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var y = 0; y < height; y++) deflate.Write([0, .. row(y)]);
        }

        Chunk(output, "IDAT"u8, data.ToArray());
        Chunk(output, "IEND"u8, []);
        return path;
    }

    private static void Chunk(Stream output, ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        output.Write(number);
        output.Write(type);
        output.Write(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc([.. type, .. content]));
        output.Write(number);
    }

    private static uint Crc(byte[] octets)
    {
        var crc = uint.MaxValue;
        foreach (var octet in octets)
        {
            crc ^= octet;
            for (var bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ (0xEDB88320 & (0 - (crc & 1)));
        }

        return ~crc;
    }
}
