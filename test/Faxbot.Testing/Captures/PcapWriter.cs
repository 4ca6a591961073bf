using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Faxbot.Testing.Captures;

/// <summary>
/// Writes datagrams, and what goes over TCP, to a capture file that tshark reads: libpcap format, link type 101 (raw IPv4), with IPv4, UDP and
/// TCP headers made for them. Safe for concurrent use.
/// </summary>
public sealed class PcapWriter : IDisposable
{
    private const int IpHeader = 20;
    private const int UdpHeader = 8;
    private const int TcpHeader = 20;
    private readonly BinaryWriter _file;
    private readonly Lock _gate = new();
    private readonly Dictionary<(IPEndPoint From, IPEndPoint To), uint> _sent = [];
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
        var packet = Packet(source, destination, UdpHeader, datagram);
        lock (_gate)
        {
            WriteIpHeader(packet, ProtocolType.Udp, source.Address, destination.Address, ++_identification);
            WriteUdpHeader(packet, source, destination);
            WritePacket(at, packet);
        }
    }

    /// <summary>Adds octets that went over a TCP connection, as one segment (IPv4).</summary>
    /// <exception cref="ArgumentException">An address is not IPv4, or they exceed what a segment carries.</exception>
    public void WriteStream(TimeSpan at, IPEndPoint source, IPEndPoint destination, ReadOnlySpan<byte> octets)
    {
        var packet = Packet(source, destination, TcpHeader, octets);
        lock (_gate)
        {
            var sequence = _sent.GetValueOrDefault((source, destination), 1u);
            _sent[(source, destination)] = sequence + (uint)octets.Length;
            WriteIpHeader(packet, ProtocolType.Tcp, source.Address, destination.Address, ++_identification);
            WriteTcpHeader(packet, source, destination, sequence, _sent.GetValueOrDefault((destination, source), 1u));
            WritePacket(at, packet);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();

    private static byte[] Packet(IPEndPoint source, IPEndPoint destination, int header, ReadOnlySpan<byte> content)
    {
        if (source.AddressFamily != AddressFamily.InterNetwork || destination.AddressFamily != AddressFamily.InterNetwork)
            throw new ArgumentException("Only IPv4 is written.", nameof(source));
        if (content.Length > ushort.MaxValue - IpHeader - header) throw new ArgumentException("Longer than a packet can be.", nameof(content));
        var packet = new byte[IpHeader + header + content.Length];
        content.CopyTo(packet.AsSpan(IpHeader + header));
        return packet;
    }

    private void WritePacket(TimeSpan at, byte[] packet)
    {
        _file.Write((uint)at.TotalSeconds);
        _file.Write((uint)(at.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond));
        _file.Write(packet.Length);
        _file.Write(packet.Length);
        _file.Write(packet);
    }

    // RFC 791 3.1
    private static void WriteIpHeader(Span<byte> packet, ProtocolType protocol, IPAddress source, IPAddress destination, ushort identification)
    {
        packet[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)packet.Length);
        BinaryPrimitives.WriteUInt16BigEndian(packet[4..], identification);
        packet[8] = 64;
        packet[9] = (byte)protocol;
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
        var sum = Checksum(udp, PseudoHeader(packet, ProtocolType.Udp));
        BinaryPrimitives.WriteUInt16BigEndian(udp[6..], sum == 0 ? ushort.MaxValue : sum);
    }

    // RFC 9293 3.1: PSH and ACK are set.
    private static void WriteTcpHeader(Span<byte> packet, IPEndPoint source, IPEndPoint destination, uint sequence, uint acknowledged)
    {
        var tcp = packet[IpHeader..];
        BinaryPrimitives.WriteUInt16BigEndian(tcp, (ushort)source.Port);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[2..], (ushort)destination.Port);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[4..], sequence);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[8..], acknowledged);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[12..], (TcpHeader / 4 << 12) | 0x18);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[14..], ushort.MaxValue);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[16..], Checksum(tcp, PseudoHeader(packet, ProtocolType.Tcp)));
    }

    private static uint PseudoHeader(ReadOnlySpan<byte> packet, ProtocolType protocol)
    {
        var sum = (uint)protocol + (uint)(packet.Length - IpHeader);
        for (var i = 12; i < IpHeader; i += 2) sum += BinaryPrimitives.ReadUInt16BigEndian(packet[i..]);
        return sum;
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
