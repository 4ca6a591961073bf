using System.Buffers.Binary;

namespace Faxbot.Fax.Tests.T38;

/// <summary>UDP over IPv4 over Ethernet in a capture file of the classic format, as much as the tests need.</summary>
internal static class Pcap
{
    public sealed record Datagram(int SourcePort, int DestinationPort, byte[] Payload);

    private const int FileHeader = 24, RecordHeader = 16, Ethernet = 14, Ip = 20, Udp = 8;

    public static IEnumerable<Datagram> Read(string path)
    {
        var file = File.ReadAllBytes(path);
        Assert.Equal(0xA1B2C3D4u, BinaryPrimitives.ReadUInt32LittleEndian(file));
        for (var at = FileHeader; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at + 8));
            var frame = file.AsMemory(at + RecordHeader, length);
            at += RecordHeader + length;
            var ip = frame[Ethernet..];
            if (BinaryPrimitives.ReadUInt16BigEndian(frame.Span[12..]) != 0x0800 || ip.Span[9] != 17)
                continue;
            var udp = ip[((ip.Span[0] & 15) * 4)..];
            var octets = BinaryPrimitives.ReadUInt16BigEndian(udp.Span[4..]) - Udp;
            yield return new Datagram(
                BinaryPrimitives.ReadUInt16BigEndian(udp.Span), BinaryPrimitives.ReadUInt16BigEndian(udp.Span[2..]), udp.Slice(Udp, octets).ToArray());
        }
    }

    public static void Write(string path, IEnumerable<Datagram> datagrams)
    {
        using var file = File.Create(path);
        var header = new byte[FileHeader];
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0xA1B2C3D4);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(4), 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(6), 4);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(16), 65535);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(20), 1);
        file.Write(header);
        var second = 0;
        foreach (var datagram in datagrams)
        {
            var frame = Frame(datagram);
            var record = new byte[RecordHeader];
            BinaryPrimitives.WriteInt32LittleEndian(record, second++);
            BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(8), frame.Length);
            BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(12), frame.Length);
            file.Write(record);
            file.Write(frame);
        }
    }

    private static byte[] Frame(Datagram datagram)
    {
        var frame = new byte[Ethernet + Ip + Udp + datagram.Payload.Length];
        frame[12] = 8;
        var ip = frame.AsSpan(Ethernet);
        ip[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)(frame.Length - Ethernet));
        ip[8] = 64;
        ip[9] = 17;
        (ip[12], ip[15], ip[16], ip[19]) = (127, 1, 127, 1);
        var udp = ip[Ip..];
        BinaryPrimitives.WriteUInt16BigEndian(udp, (ushort)datagram.SourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(udp[2..], (ushort)datagram.DestinationPort);
        BinaryPrimitives.WriteUInt16BigEndian(udp[4..], (ushort)(Udp + datagram.Payload.Length));
        datagram.Payload.CopyTo(udp[Udp..]);
        return frame;
    }
}
