using Faxbot.Fax.T38;

namespace Faxbot.Fax.Tests.T38;

/// <summary>
/// Each row is a script: a word is a datagram (<c>5:d</c> number 5 with packet d; <c>5:d,c,b</c> with secondaries; <c>5:</c> with an
/// empty packet), <c>!</c> releases, <c>R</c> restarts; and behind the arrow what is delivered after each (<c>-3</c> three lost,
/// <c>~</c> a new count, <c>.</c> nothing).
/// </summary>
public sealed class UdptlReceiverTests
{
    [Theory]
    // In order, and copies.
    [InlineData("0:a 1:b 2:c > a b c")]
    [InlineData("0:a 0:a 0:a 1:b 1:b 0:a > a . . b . .")]
    // Redundancy fills a gap at once; what it does not reach is waited for, and then lost.
    [InlineData("0:a 2:c,b 3:d > a bc d")]
    [InlineData("0:a 3:d,c,b > a bcd")]
    [InlineData("0:a 3:d,c 4:e,d 5:f,e > a . . -1cdef")]
    [InlineData("0:a 2:c 3:d 4:e 5:f > a . . -1cde f")]
    // Overtaken datagrams; one that is too late is dropped.
    [InlineData("0:a 2:c 1:b 3:d > a . bc d")]
    [InlineData("0:a 2:c 3:d 1:b > a . . bcd")]
    [InlineData("0:a 2:c 3:d 4:e 1:b 5:f > a . . -1cde . f")]
    [InlineData("0:a 3:d 2:c 1:b > a . . bcd")]
    // Its redundancy helps although its own packet is known already.
    [InlineData("0:a 3:d,c 2:c,b > a . bcd")]
    // The caller's timer.
    [InlineData("0:a 2:c ! 3:d > a . -1c d")]
    [InlineData("0:a 2:c 4:e ! 3:d > a . . -1c-1e .")]
    [InlineData("0:a ! 1:b > a . b")]
    // The beginning of a count.
    [InlineData("2:c,b,a 3:d > abc d")]
    [InlineData("2:c ! > . -2c")]
    [InlineData("2:c 0:a 1:b > . a bc")]
    [InlineData("700:a,b,c 701:d > cba d")]
    [InlineData("700:a 701:d > a d")]
    // Over the end of the numbers.
    [InlineData("65534:a 65535:b 0:c 1:d > a b c d")]
    [InlineData("65535:a 1:c,b 0:b 3:e ! > a bc . . -1e")]
    // Empty packets keep a path open: they take a number, unless they borrow the next one's.
    [InlineData("0:a 1: 2:c > a . c")]
    [InlineData("0:a 1: 1:b 2:c > a . b c")]
    [InlineData("0:a 1: 1: 2: 3: 4:b > a . . . . b")]
    [InlineData("0:a 2:b, 3:c > a b c")]
    [InlineData("0:a 2: 3:c ! > a . . -1c")]
    // A far end that counts anew.
    [InlineData("5000:a 0:b 1:c > a ~b c")]
    [InlineData("5000:a 1:c,b 2:d > a ~bc d")]
    [InlineData("5000:a 40:b 41:c > a ~b c")]
    [InlineData("100:a 30000:b 30001:c > a ~b c")]
    [InlineData("5000:a 5002:c 0:b 1:d > a . -1c~b d")]
    [InlineData("100:a R 50:b 51:c > a . ~b c")]
    [InlineData("100:a 102:c R 50:b,x 51:c > a . -1c ~xb c")]
    [InlineData("0:a 4000:b ! > a . -3999b")]
    public void Packets_come_in_order_and_once(string script)
    {
        var (input, expected) = script.Split(" > ") is [var left, var right] ? (left, right) : throw new FormatException(script);
        var receiver = new UdptlReceiver(new UdptlReceiverOptions());
        Assert.Equal(expected, string.Join(' ', input.Split(' ').Select(word => Play(receiver, word))));
    }

    [Fact]
    public void A_far_end_that_counts_anew_soon_after_its_start_is_heard_again()
    {
        var receiver = new UdptlReceiver(new UdptlReceiverOptions());
        for (var i = 0; i < 200; i++)
            Play(receiver, $"{i}:a");
        var heard = Enumerable.Range(0, 70).Select(i => Play(receiver, $"{i}:b")).ToList();
        Assert.Equal("~b", heard.First(text => text != "."));
        Assert.Equal(63, heard.IndexOf("~b"));
        Assert.All(heard[64..], text => Assert.Equal("b", text));
    }

    [Fact]
    public void Everything_that_was_seen_is_counted()
    {
        var receiver = new UdptlReceiver(new UdptlReceiverOptions());
        foreach (var word in "0:a 0:a 2:c,b 4:e 5:f 6:g 30000:h".Split(' '))
            Play(receiver, word);
        Assert.Equal(UdptlError.Truncated, receiver.Accept([1, 2, 3]));
        Assert.Equal(UdptlError.TooLong, receiver.Accept(new byte[2049]));
        Assert.Equal(new UdptlStatistics(Datagrams: 7, Malformed: 2, Duplicates: 1, Recovered: 1, Lost: 1, Restarts: 1), receiver.Statistics);
    }

    [Fact]
    public void The_caller_sees_that_packets_are_held()
    {
        var receiver = new UdptlReceiver(new UdptlReceiverOptions());
        Play(receiver, "0:a");
        Assert.False(receiver.IsHolding);
        Play(receiver, "2:c");
        Assert.True(receiver.IsHolding);
        Play(receiver, "1:b");
        Assert.False(receiver.IsHolding);
        Play(receiver, "3:");
        Assert.False(receiver.IsHolding);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(5, 6)]
    public void A_gap_is_given_up_when_more_than_the_held_datagrams_came_after_it(int hold, int after)
    {
        var receiver = new UdptlReceiver(new UdptlReceiverOptions { HoldDatagrams = hold });
        Play(receiver, "0:a");
        for (var i = 1; i < after; i++)
            Assert.Equal(".", Play(receiver, $"{i + 1}:b"));
        Assert.StartsWith("-1", Play(receiver, $"{after + 1}:b"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_packet_restored_from_parity_may_end_in_zeros_that_its_parser_ignores()
    {
        var sender = new UdptlSender(new UdptlSenderOptions { ErrorCorrection = UdptlErrorCorrection.Fec, FecSpan = 2, FecEntries = 1 });
        var receiver = new UdptlReceiver(new UdptlReceiverOptions());
        string[] packets = ["c001800004 0102030405", "06", "02"];
        var heard = new List<string>();
        for (var i = 0; i < packets.Length; i++)
        {
            var datagram = new byte[400];
            var length = sender.Write(Hex.Octets(packets[i]), UdptlContent.Control, datagram);
            if (i == 1)
                continue;
            Assert.Equal(UdptlError.None, receiver.Accept(datagram.AsSpan(0, length)));
            while (receiver.TryTake(out var delivery))
                heard.Add($"{Hex.Text(delivery.Packet)} {IfpText.Of(delivery.Packet, 3)}");
        }
        Assert.Equal(
            ["c0018000040102030405 v21: hdlc-data[0102030405]", "06000000000000000000 v21-preamble", "02 cng"], heard);
    }

    private static string Play(UdptlReceiver receiver, string word)
    {
        if (word == "!")
            receiver.ReleaseHeld();
        else if (word == "R")
            receiver.Restart();
        else
            Assert.Equal(UdptlError.None, receiver.Accept(Datagram(word)));
        var heard = "";
        while (receiver.TryTake(out var delivery))
        {
            heard += (delivery.Restarted ? "~" : "") + (delivery.Lost > 0 ? $"-{delivery.Lost}" : "");
            heard += (char)delivery.Packet[0];
        }
        return heard.Length == 0 ? "." : heard;
    }

    private static byte[] Datagram(string word)
    {
        var (number, packets) = word.Split(':') is [var left, var right] ? (int.Parse(left), right.Split(',')) : throw new FormatException(word);
        var octets = new List<byte> { (byte)(number >> 8), (byte)number };
        for (var i = 0; i < packets.Length; i++)
        {
            octets.Add((byte)packets[i].Length);
            octets.AddRange(packets[i].Select(letter => (byte)letter));
            if (i == 0)
                octets.AddRange([0, (byte)(packets.Length - 1)]);
        }
        return [.. octets];
    }
}
