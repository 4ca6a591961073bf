using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Faxbot.Testing.Captures;

/// <summary>
/// Writes datagrams to a capture file that tshark reads: libpcap format, link type 101 (raw IPv4), with IPv4 and UDP headers
/// made for them. Safe for concurrent use.
/// </summary>
public sealed class PcapWriter : IDisposable
{
    private const int IpHeader = 20;
    private const int UdpHeader = 8;
    private readonly BinaryWriter _file;
    private readonly Lock _gate = new();
    private ushort _identification;

    /// <summary>Begins a new file at <paramref name="path"/>.</summary>
    public PcapWriter(string path)
    {
        _file = new BinaryWriter(File.Create(path));
        _file.Write(0xA1B2C3D4u); // microseconds, this machine's byte order
        _file.Write((ushort)2);
        _file.Write((ushort)4);
        _file.Write(0L); // time zone, accuracy
        _file.Write(65_535); // longest packet
        _file.Write(101);
    }

    /// <summary>Adds a UDP datagram that went from <paramref name="source"/> to <paramref name="destination"/> (IPv4) at <paramref name="at"/> since the start.</summary>
    /// <exception cref="ArgumentException">An address is not IPv4, or the datagram exceeds what UDP carries.</exception>
    public void Write(TimeSpan at, IPEndPoint source, IPEndPoint destination, ReadOnlySpan<byte> datagram)
    {
        if (source.AddressFamily != AddressFamily.InterNetwork || destination.AddressFamily != AddressFamily.InterNetwork)
            throw new ArgumentException("Only IPv4 is written.", nameof(source));
        if (datagram.Length > ushort.MaxValue - IpHeader - UdpHeader) throw new ArgumentException("Longer than a UDP datagram can be.", nameof(datagram));

        var packet = new byte[IpHeader + UdpHeader + datagram.Length];
        datagram.CopyTo(packet.AsSpan(IpHeader + UdpHeader));
        lock (_gate)
        {
            WriteIpHeader(packet, source.Address, destination.Address, ++_identification);
            WriteUdpHeader(packet, source, destination);
            _file.Write((uint)at.TotalSeconds);
            _file.Write((uint)(at.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond));
            _file.Write(packet.Length);
            _file.Write(packet.Length);
            _file.Write(packet);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();

    // RFC 791 3.1
    private static void WriteIpHeader(Span<byte> packet, IPAddress source, IPAddress destination, ushort identification)
    {
        packet[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)packet.Length);
        BinaryPrimitives.WriteUInt16BigEndian(packet[4..], identification);
        packet[8] = 64;
        packet[9] = (byte)ProtocolType.Udp;
        source.TryWriteBytes(packet[12..], out _);
        destination.TryWriteBytes(packet[16..], out _);
        BinaryPrimitives.WriteUInt16BigEndian(packet[10..], Checksum(packet[..IpHeader], 0));
    }

    // RFC 768; the checksum also covers a pseudo header of both addresses, the protocol and the length.
    private static void WriteUdpHeader(Span<byte> packet, IPEndPoint source, IPEndPoint destination)
    {
        var udp = packet[IpHeader..];
        BinaryPrimitives.WriteUInt16BigEndian(udp, (ushort)source.Port);
        BinaryPrimitives.WriteUInt16BigEndian(udp[2..], (ushort)destination.Port);
        BinaryPrimitives.WriteUInt16BigEndian(udp[4..], (ushort)udp.Length);
        var pseudo = (uint)ProtocolType.Udp + (uint)udp.Length;
        for (var i = 12; i < IpHeader; i += 2) pseudo += BinaryPrimitives.ReadUInt16BigEndian(packet[i..]);
        var sum = Checksum(udp, pseudo);
        BinaryPrimitives.WriteUInt16BigEndian(udp[6..], sum == 0 ? ushort.MaxValue : sum);
    }

    // RFC 1071
    private static ushort Checksum(ReadOnlySpan<byte> octets, uint sum)
    {
        for (var i = 0; i + 1 < octets.Length; i += 2) sum += BinaryPrimitives.ReadUInt16BigEndian(octets[i..]);
        if (octets.Length % 2 != 0) sum += (uint)octets[^1] << 8;
        while (sum >> 16 != 0) sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)~sum;
    }
}
