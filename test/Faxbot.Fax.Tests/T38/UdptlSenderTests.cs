using Faxbot.Fax.T38;

namespace Faxbot.Fax.Tests.T38;

public sealed class UdptlSenderTests
{
    private static readonly UdptlSenderOptions Fec = new() { ErrorCorrection = UdptlErrorCorrection.Fec, FecSpan = 2, FecEntries = 2 };

    private static string Write(UdptlSender sender, string packet, UdptlContent content = UdptlContent.Control)
    {
        var datagram = new byte[sender.MaxDatagram];
        return Hex.Text(datagram.AsSpan(0, sender.Write(Hex.Octets(packet), content, datagram)));
    }

    [Fact]
    public void The_packets_before_come_behind_the_primary_the_newest_first()
    {
        var sender = new UdptlSender(new UdptlSenderOptions { ControlRedundancy = 2 });
        Assert.Equal("0000" + "0100" + "0000", Write(sender, "00"));
        Assert.Equal("0001" + "0102" + "0001" + "0100", Write(sender, "02"));
        Assert.Equal("0002" + "0106" + "0002" + "0102" + "0100", Write(sender, "06"));
        Assert.Equal("0003" + "022000" + "0002" + "0106" + "0102", Write(sender, "2000"));
    }

    [Fact]
    public void Control_and_image_data_are_protected_apart()
    {
        var sender = new UdptlSender(new UdptlSenderOptions { ControlRedundancy = 3, ImageRedundancy = 1 });
        Write(sender, "01");
        Write(sender, "02");
        Write(sender, "03");
        Assert.Equal("0003" + "0104" + "0001" + "0103", Write(sender, "04", UdptlContent.Image));
        Assert.Equal("0004" + "0105" + "0003" + "0104" + "0103" + "0102", Write(sender, "05"));
    }

    [Fact]
    public void Nothing_is_added_without_error_correction()
    {
        var sender = new UdptlSender(new UdptlSenderOptions { ErrorCorrection = UdptlErrorCorrection.None });
        Write(sender, "01");
        Assert.Equal("0001" + "0102" + "0000", Write(sender, "02"));
    }

    [Fact]
    public void Parity_begins_small_and_interleaves()
    {
        var sender = new UdptlSender(Fec);
        Assert.Equal("0000" + "0111" + "0000", Write(sender, "11"));
        Assert.Equal("0001" + "0122" + "0000", Write(sender, "22"));
        Assert.Equal("0002" + "0144" + "80010201" + "0133", Write(sender, "44"));
        Assert.Equal("0003" + "0288aa" + "80010201" + "0166", Write(sender, "88aa"));
        // 11 ^ 44 and 22 ^ 88aa.
        Assert.Equal("0004" + "0101" + "80010202" + "0155" + "02aaaa", Write(sender, "01"));
    }

    [Fact]
    public void Parity_that_does_not_fit_shrinks_and_covers_nearer_packets()
    {
        var sender = new UdptlSender(Fec with { MaxDatagram = 18 });
        foreach (var packet in new[] { "111111", "222222", "444444", "888888" })
            Write(sender, packet);
        Assert.Equal("0004" + "03010101" + "80010202" + "03555555" + "03aaaaaa", Write(sender, "010101"));
        Assert.Equal("0005" + "0401010101" + "80010201" + "03898989", Write(sender, "01010101"));
        Assert.Equal("0006" + "0401010101" + "80010201" + "0400000001", Write(sender, "01010101"));
    }

    [Fact]
    public void A_datagram_is_never_longer_than_the_far_end_takes()
    {
        for (var limit = 16; limit < 600; limit++)
        {
            foreach (var correction in Enum.GetValues<UdptlErrorCorrection>())
            {
                var sender = new UdptlSender(new UdptlSenderOptions { ErrorCorrection = correction, MaxDatagram = limit });
                var longest = sender.MaxPacket(UdptlContent.Image, protectedFully: false);
                var datagram = new byte[1400];
                var packet = new byte[longest];
                for (var i = 0; i < 12; i++)
                {
                    var length = sender.Write(packet.AsSpan(0, 1 + (i * 37 % longest)), UdptlContent.Image, datagram);
                    Assert.InRange(length, 6, limit);
                }
                // A packet of 127 octets takes 128 and one of 128 takes 130, so one length cannot be reached.
                var full = sender.Write(packet, UdptlContent.Image, datagram);
                Assert.InRange(full, limit - 1, limit);
                Assert.Throws<ArgumentException>(() => sender.Write(new byte[longest + 1], UdptlContent.Image, datagram));
            }
        }
    }

    [Theory]
    [InlineData(UdptlErrorCorrection.None, 0)]
    [InlineData(UdptlErrorCorrection.Redundancy, 3)]
    [InlineData(UdptlErrorCorrection.Fec, 3)]
    public void A_packet_of_the_fully_protected_length_leaves_room_for_all_protection(UdptlErrorCorrection correction, int entries)
    {
        for (var limit = 32; limit < 1400; limit++)
        {
            var sender = new UdptlSender(new UdptlSenderOptions { ErrorCorrection = correction, MaxDatagram = limit });
            var packet = new byte[sender.MaxPacket(UdptlContent.Image, protectedFully: true)];
            var datagram = new byte[1400];
            var length = 0;
            for (var i = 0; i < 10; i++)
                length = sender.Write(packet, UdptlContent.Image, datagram);
            Assert.Equal(UdptlError.None, UdptlPacket.TryParse(datagram.AsSpan(0, length), out var last));
            Assert.Equal(entries, last.Entries.Count);
        }
    }

    [Fact]
    public void The_other_reading_of_the_largest_datagram_counts_the_primary_alone()
    {
        var options = new UdptlSenderOptions { MaxDatagram = 72, MaxDatagramMeans = UdptlDatagramLimit.PrimaryPacket, MaxPayload = 300 };
        var sender = new UdptlSender(options);
        Assert.Equal(300, sender.MaxDatagram);
        Assert.Equal(72, sender.MaxPacket(UdptlContent.Image, protectedFully: false));
        var datagram = new byte[1400];
        var length = 0;
        for (var i = 0; i < 5; i++)
            length = sender.Write(new byte[72], UdptlContent.Image, datagram);
        Assert.Equal(4 + 4 * 73, length);
        Assert.Throws<ArgumentException>(() => sender.Write(new byte[73], UdptlContent.Image, datagram));
    }

    [Fact]
    public void The_sequence_number_wraps()
    {
        var sender = new UdptlSender(new UdptlSenderOptions { ControlRedundancy = 1 }, firstSequence: 65535);
        Assert.Equal("ffff" + "0101" + "0000", Write(sender, "01"));
        Assert.Equal("0000" + "0102" + "0001" + "0101", Write(sender, "02"));
        Assert.Equal("0001" + "0103" + "0001" + "0102", Write(sender, "03"));
    }

    [Fact]
    public void An_empty_packet_and_options_out_of_range_are_the_callers_error()
    {
        Assert.Throws<ArgumentException>(() => new UdptlSender(new UdptlSenderOptions()).Write([], UdptlContent.Image, new byte[400]));
        Assert.Throws<ArgumentException>(() => new UdptlSender(new UdptlSenderOptions()).Write([1, 2], UdptlContent.Image, new byte[6]));
        foreach (var options in new UdptlSenderOptions[]
        {
            new() { ControlRedundancy = -1 }, new() { ImageRedundancy = 65 }, new() { FecSpan = 0 }, new() { FecEntries = 0 },
            new() { FecSpan = 9, FecEntries = 8 }, new() { MaxDatagram = 15 }, new() { MaxPayload = 16384 },
        })
            Assert.Throws<ArgumentOutOfRangeException>(() => new UdptlSender(options));
        Assert.Throws<ArgumentOutOfRangeException>(() => new UdptlReceiver(new UdptlReceiverOptions { HoldDatagrams = 33 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new UdptlReceiver(new UdptlReceiverOptions { HoldDatagrams = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new UdptlReceiver(new UdptlReceiverOptions { MaxDatagram = 0 }));
    }
}
