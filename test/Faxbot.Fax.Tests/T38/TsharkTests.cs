using CsCheck;
using Faxbot.Fax.T38;
using Faxbot.Testing;
using Faxbot.Testing.Processes;

namespace Faxbot.Fax.Tests.T38;

/// <summary>Wireshark's dissector, whose PER decoder is not ours, reads what our writers make.</summary>
public sealed class TsharkTests
{
    private const int Caller = 15007, Called = 16007, Count = 600;

    private static readonly string[] Fields =
    [
        "t38.seq_number", "t38.t30_indicator", "t38.t30_data", "t38.field_type", "t38.field_data",
        "t38.fec_npackets", "t38.fec_data_item", "_ws.expert.message",
    ];

    [Theory]
    [InlineData(0, UdptlErrorCorrection.Redundancy)]
    [InlineData(3, UdptlErrorCorrection.Redundancy)]
    [InlineData(3, UdptlErrorCorrection.None)]
    [InlineData(3, UdptlErrorCorrection.Fec)]
    public async Task Every_datagram_decodes_to_what_was_meant(int version, UdptlErrorCorrection correction)
    {
        await DebianPackages.EnsureAsync("tshark");
        var sender = new UdptlSender(new UdptlSenderOptions { ErrorCorrection = correction, MaxDatagram = 16383, MaxPayload = 16383 }, 65000);
        List<ModelPacket> packets = [.. Packets(version)];
        List<byte[]> octets = [.. packets.Select(packet => packet.Write())];
        var datagrams = octets.Select(packet =>
        {
            var datagram = new byte[sender.MaxDatagram];
            return datagram[..sender.Write(packet, UdptlContent.Image, datagram)];
        }).ToList();

        var lines = await Decode(datagrams.Select(datagram => new Pcap.Datagram(Caller, Called, datagram)), version, Fields);

        Assert.Equal(Count, lines.Count);
        for (var i = 0; i < Count; i++)
        {
            var secondaries = correction == UdptlErrorCorrection.Redundancy ? Math.Min(i, 3) : 0;
            var parity = correction == UdptlErrorCorrection.Fec ? Math.Min(i / 3, 3) : 0;
            var inside = packets.GetRange(i - secondaries, secondaries + 1).AsEnumerable().Reverse().ToList();
            var fields = inside.SelectMany(packet => packet.Fields).ToList();
            string[] expected =
            [
                $"{(65000 + i) % 65536}",
                string.Join(',', inside.Where(packet => packet.Indicator is not null).Select(packet => (int)packet.Indicator!)),
                string.Join(',', inside.Where(packet => packet.Indicator is null).Select(packet => (int)packet.Type)),
                string.Join(',', fields.Select(field => (int)field.Type)),
                string.Join(',', fields.Where(field => field.Data.Length > 0).Select(field => Hex.Text(field.Data))),
                parity > 0 ? "3" : "",
                string.Join(',', Enumerable.Range(0, parity).Select(message => Xor(Enumerable.Range(1, 3).Select(k => octets[i - k * parity + message])))),
                "",
            ];
            Assert.Equal(string.Join('\t', expected), lines[i]);
        }
    }

    [Theory]
    [InlineData(0, UdptlErrorCorrection.Fec)]
    [InlineData(1, UdptlErrorCorrection.Redundancy)]
    [InlineData(3, UdptlErrorCorrection.Fec)]
    public async Task A_real_call_that_we_write_again_decodes_to_the_same_fax(int version, UdptlErrorCorrection correction)
    {
        await DebianPackages.EnsureAsync("tshark");
        List<Pcap.Datagram> theirs = [.. Pcap
            .Read(RepositoryRoot.Of("test", "lab", "asterisk-lab", "traces", "t38-success.pcap"))
            .Where(datagram => datagram.SourcePort is Caller or Called)
            .DistinctBy(datagram => (datagram.SourcePort, datagram.Payload[0], datagram.Payload[1]))];
        var options = new UdptlSenderOptions { ErrorCorrection = correction };
        var senders = new Dictionary<int, UdptlSender> { [Caller] = new(options), [Called] = new(options) };

        var ours = theirs.Select(datagram => datagram with { Payload = WriteAgain(datagram.Payload, version, senders[datagram.SourcePort]) });

        string[] fields = ["udp.srcport", "_ws.col.Info", "_ws.expert.message"];
        Assert.Equal(await Decode(theirs, 0, fields), await Decode(ours, version, fields));
    }

    private static byte[] WriteAgain(byte[] datagram, int version, UdptlSender sender)
    {
        Assert.Equal(UdptlError.None, UdptlPacket.TryParse(datagram, out var packet));
        Assert.Equal(IfpError.None, IfpPacket.TryParse(packet.Primary, 0, out var primary));
        Span<byte> ifp = stackalloc byte[400];
        var again = new byte[400];
        return again[..sender.Write(ifp[..IfpCopy.Write(primary, version, ifp)], UdptlContent.Image, again)];
    }

    private static IEnumerable<ModelPacket> Packets(int version)
    {
        // tshark puts frames together from the first two fields of a packet, and random ones make none: two that it only decodes go before.
        var data = ModelPacket.Data(version).Select(packet => packet with
        {
            Fields = [new(T38FieldType.HdlcSignalEnd, []), new(T38FieldType.HdlcFcsBad, [.. packet.Fields.SelectMany(field => field.Data).Take(5)]), .. packet.Fields],
        });
        var all = Gen.Frequency((1, ModelPacket.Indicators(version)), (3, data));
        var state = new PCG(1, 7);
        for (var i = 0; i < Count; i++)
            yield return all.Generate(state, null, out _);
    }

    private static async Task<IReadOnlyList<string>> Decode(IEnumerable<Pcap.Datagram> datagrams, int version, params string[] fields)
    {
        using var folder = new TempFolder();
        var capture = folder.Of("udptl.pcap");
        Pcap.Write(capture, datagrams);
        var result = await ProcessRunner.RunSuccessfullyAsync("tshark",
        [
            "-n", "-r", capture, "-d", $"udp.port=={Called},t38",
            "-o", $"t38.use_pre_corrigendum_asn1_specification:{(version == 0 ? "TRUE" : "FALSE")}",
            "-T", "fields", "-E", "occurrence=a", .. fields.SelectMany(field => new[] { "-e", field }),
        ]);
        return result.Output.TrimEnd('\n').Split('\n');
    }

    private static string Xor(IEnumerable<byte[]> packets)
    {
        var result = new byte[packets.Max(packet => packet.Length)];
        foreach (var packet in packets)
        {
            for (var i = 0; i < packet.Length; i++)
                result[i] ^= packet[i];
        }
        return Hex.Text(result);
    }
}
