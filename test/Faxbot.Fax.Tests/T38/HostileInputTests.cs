using Faxbot.Fax.T38;

namespace Faxbot.Fax.Tests.T38;

/// <summary>Whatever a far end sends: no exception, bounded memory, and none at all for the usual.</summary>
public sealed class HostileInputTests
{
    [Fact]
    public void Damaged_packets_and_datagrams_never_throw()
    {
        var random = new Random(1);
        var receiver = new UdptlReceiver(new UdptlReceiverOptions());
        var samples = new List<byte[]>();
        foreach (var correction in Enum.GetValues<UdptlErrorCorrection>())
        {
            var sender = new UdptlSender(new UdptlSenderOptions { ErrorCorrection = correction }, 65530);
            for (var i = 0; i < 20; i++)
            {
                var datagram = new byte[400];
                var packet = new ModelPacket(3, null, T38DataType.V17Rate14400, [new(T38FieldType.HdlcData, new byte[i]), new(T38FieldType.HdlcFcsOk, [])]);
                samples.Add(datagram[..sender.Write(packet.Write(), UdptlContent.Image, datagram)]);
            }
        }
        for (var i = 0; i < 300_000; i++)
        {
            var octets = Mutate(samples[random.Next(samples.Count)], random);
            receiver.Accept(octets);
            if (random.Next(8) == 0)
                receiver.ReleaseHeld();
            while (receiver.TryTake(out var delivery))
            {
                if (IfpPacket.TryParse(delivery.Packet, random.Next(4), out var packet) != IfpError.None)
                    continue;
                Assert.InRange(packet.Length, 1, delivery.Packet.Length);
                foreach (var field in packet.Fields)
                    Assert.InRange(field.Data.Length, 0, delivery.Packet.Length);
            }
        }
        Assert.InRange(receiver.Statistics.Malformed, 1, 299_999);
    }

    private static byte[] Mutate(byte[] sample, Random random)
    {
        var octets = random.Next(4) == 0 ? new byte[random.Next(200)] : (byte[])sample.Clone();
        if (octets.Length != sample.Length)
            random.NextBytes(octets);
        for (var edits = random.Next(4); edits > 0 && octets.Length > 0; edits--)
            octets[random.Next(octets.Length)] = (byte)random.Next(256);
        return random.Next(4) == 0 ? octets[..random.Next(octets.Length + 1)] : octets;
    }

    [Fact]
    public void A_flood_of_gaps_holds_little_memory()
    {
        var random = new Random(2);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var receiver = new UdptlReceiver(new UdptlReceiverOptions());
        var datagram = new byte[1400];
        for (var i = 0; i < 100_000; i++)
        {
            // 64 secondaries of 16 octets, at numbers that jump about, with a parity message now and then.
            (datagram[0], datagram[1]) = ((byte)random.Next(256), (byte)random.Next(256));
            (datagram[2], datagram[3]) = (0, (byte)(random.Next(2) * 0x80));
            (datagram[4], datagram[5], datagram[6]) = datagram[3] == 0 ? ((byte)64, (byte)16, (byte)0) : ((byte)1, (byte)8, (byte)0);
            receiver.Accept(datagram);
            while (random.Next(2) == 0 && receiver.TryTake(out _))
            {
            }
        }
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 400_000);
    }

    [Fact]
    public void A_page_without_loss_allocates_nothing_once_it_runs_and_holds_less_than_4_kB_in_each_direction()
    {
        // The first call of code may allocate by itself.
        Run(new UdptlSender(new UdptlSenderOptions()), new UdptlReceiver(new UdptlReceiverOptions()), 100);
        var start = GC.GetAllocatedBytesForCurrentThread();
        var sender = new UdptlSender(new UdptlSenderOptions());
        var afterSender = Run(sender, null, 100);
        var receiver = new UdptlReceiver(new UdptlReceiverOptions());
        var warm = Run(sender, receiver, 100);
        var afterPage = Run(sender, receiver, 5000);
        Assert.InRange(afterSender - start, 100, 4096);
        Assert.InRange(warm - afterSender, 100, 4096);
        Assert.Equal(0, afterPage - warm);
    }

    private static long Run(UdptlSender sender, UdptlReceiver? receiver, int packets)
    {
        Span<byte> ifp = stackalloc byte[80], datagram = stackalloc byte[400];
        Span<byte> data = stackalloc byte[54];
        for (var i = 0; i < packets; i++)
        {
            var length = IfpWriter.WriteData(ifp, 0, T38DataType.V17Rate14400, T38FieldType.HdlcData, data);
            var octets = sender.Write(ifp[..length], UdptlContent.Image, datagram);
            receiver?.Accept(datagram[..octets]);
            while (receiver is not null && receiver.TryTake(out var delivery))
            {
                IfpPacket.TryParse(delivery.Packet, 0, out var packet);
                foreach (var field in packet.Fields)
                    field.Data.CopyTo(data);
            }
        }
        return GC.GetAllocatedBytesForCurrentThread();
    }
}
