using System.Text.RegularExpressions;
using Faxbot.Fax.T38;
using Faxbot.Testing;

namespace Faxbot.Fax.Tests.T38;

/// <summary>A whole fax between two Asterisk 22 channels (T.38 version 0, redundancy 3), beside tshark's reading of it.</summary>
public sealed partial class AsteriskTraceTests
{
    private const int Caller = 15007, Called = 16007, Version = 0;

    private static readonly List<Pcap.Datagram> Datagrams = [.. Pcap
        .Read(RepositoryRoot.Of("test", "lab", "asterisk-lab", "traces", "t38-success.pcap"))
        .Where(datagram => datagram.SourcePort is Caller or Called)];

    [GeneratedRegex(@"(?<from>\d+) > (?<to>\d+) +(?<length>\d+)  UDP: UDPTLPacket Seq=(?<seq>\d+)  (?:t30ind: (?<ind>\S+)|data:(?<type>\S+?): (?<field>[^\[ ]+)(?:\[(?<octets>[0-9a-f]*)(?<more>\.*)\])?)")]
    private static partial Regex TsharkLine { get; }

    [Fact]
    public void Every_datagram_reads_as_tshark_reads_it()
    {
        var lines = File.ReadAllLines(RepositoryRoot.Of("test", "lab", "asterisk-lab", "traces", "t38-success.udptl.txt"));

        Assert.Equal(lines.Length, Datagrams.Count);
        foreach (var (line, datagram) in lines.Zip(Datagrams))
        {
            var expected = TsharkLine.Match(line);
            Assert.True(expected.Success, line);
            Assert.Equal(UdptlError.None, UdptlPacket.TryParse(datagram.Payload, out var packet));
            Assert.Equal(int.Parse(expected.Groups["seq"].Value), packet.Sequence);
            Assert.Equal(int.Parse(expected.Groups["from"].Value), datagram.SourcePort);
            Assert.Equal(int.Parse(expected.Groups["length"].Value), datagram.Payload.Length);
            AssertSame(expected, packet.Primary);
        }
    }

    [Fact]
    public void Every_secondary_packet_is_the_primary_of_an_earlier_datagram()
    {
        foreach (var direction in Datagrams.GroupBy(datagram => datagram.SourcePort))
        {
            var primaries = new Dictionary<ushort, byte[]>();
            foreach (var datagram in direction)
            {
                UdptlPacket.TryParse(datagram.Payload, out var packet);
                var sequence = packet.Sequence;
                primaries[sequence] = packet.Primary.ToArray();
                Assert.Equal(Math.Min(sequence, (ushort)3), packet.Entries.Count);
                foreach (var secondary in packet.Entries)
                    Assert.Equal(primaries[--sequence], secondary.ToArray());
            }
        }
    }

    [Fact]
    public void Our_writers_make_the_same_octets()
    {
        foreach (var direction in Datagrams.GroupBy(datagram => datagram.SourcePort))
        {
            var sender = new UdptlSender(new UdptlSenderOptions { MaxDatagram = 1400 });
            byte[] again = new byte[1400], ifp = new byte[400];
            foreach (var datagram in direction)
            {
                UdptlPacket.TryParse(datagram.Payload, out var packet);
                if (packet.Sequence != sender.NextSequence)
                    continue;
                IfpPacket.TryParse(packet.Primary, Version, out var primary);
                var length = sender.Write(ifp.AsSpan(0, IfpCopy.Write(primary, Version, ifp)), UdptlContent.Control, again);
                Assert.Equal(Hex.Text(datagram.Payload), Hex.Text(again.AsSpan(0, length)));
            }
            Assert.InRange(sender.NextSequence, 10, 1000);
        }
    }

    [Fact]
    public void Every_packet_is_delivered_once_in_order()
    {
        foreach (var direction in Datagrams.GroupBy(datagram => datagram.SourcePort))
        {
            var receiver = new UdptlReceiver(new UdptlReceiverOptions());
            ushort next = 0;
            foreach (var datagram in direction)
            {
                Assert.Equal(UdptlError.None, receiver.Accept(datagram.Payload));
                while (receiver.TryTake(out var delivery))
                {
                    Assert.Equal(next++, delivery.Sequence);
                    Assert.Equal(0, delivery.Lost);
                    Assert.DoesNotContain("unknown", IfpText.Of(delivery.Packet, Version), StringComparison.Ordinal);
                }
            }
            Assert.Equal(direction.Count(), receiver.Statistics.Duplicates + next);
        }
    }

    private static void AssertSame(Match expected, ReadOnlySpan<byte> primary)
    {
        Assert.Equal(IfpError.None, IfpPacket.TryParse(primary, Version, out var packet));
        Assert.Equal(primary.Length, packet.Length);
        if (!packet.IsData)
        {
            Assert.Equal(expected.Groups["ind"].Value, IfpText.Of(packet.Indicator));
            return;
        }
        Assert.Equal(expected.Groups["type"].Value, IfpText.Of(packet.DataType));
        var first = true;
        foreach (var field in packet.Fields)
        {
            // The line shows the first field, and the data of some types only.
            if (!first)
                break;
            first = false;
            Assert.Equal(expected.Groups["field"].Value, IfpText.Of(field.Type));
            if (!expected.Groups["octets"].Success)
                continue;
            Assert.StartsWith(expected.Groups["octets"].Value, Hex.Text(field.Data), StringComparison.Ordinal);
            Assert.Equal(expected.Groups["more"].Length == 0, 2 * field.Data.Length == expected.Groups["octets"].Length);
        }
    }
}
