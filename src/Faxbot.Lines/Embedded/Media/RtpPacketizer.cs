using System.Buffers.Binary;

namespace Faxbot.Lines.Embedded.Media;

/// <summary>Writes RTP packets of G.711 (RFC 3550 5.1, RFC 3551 4.5.14), 20 ms each.</summary>
internal sealed class RtpPacketizer(uint source, ushort firstSequence, uint firstTimestamp, bool aLaw)
{
    /// <summary>The octets of a packet.</summary>
    public const int PacketLength = HeaderLength + SamplesPerPacket;

    /// <summary>The samples of a packet.</summary>
    public const int SamplesPerPacket = 160;

    /// <summary>The time between packets.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private const int HeaderLength = 12;
    private long _packets;

    /// <summary>Samples written so far.</summary>
    public long Position => _packets * SamplesPerPacket;

    /// <summary>Writes the next packet, whose samples <paramref name="tone"/> gives by their number.</summary>
    public void Write(Span<byte> packet, Func<long, short> tone)
    {
        packet[0] = 0x80;
        // The marker bit shows the first packet of a talk spurt.
        packet[1] = (byte)((aLaw ? 8 : 0) | (_packets == 0 ? 0x80 : 0));
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)(firstSequence + _packets));
        BinaryPrimitives.WriteUInt32BigEndian(packet[4..], (uint)(firstTimestamp + Position));
        BinaryPrimitives.WriteUInt32BigEndian(packet[8..], source);
        for (var i = 0; i < SamplesPerPacket; i++)
        {
            var sample = tone(Position + i);
            packet[HeaderLength + i] = aLaw ? G711.ALaw(sample) : G711.MuLaw(sample);
        }

        _packets++;
    }
}
