using System.Buffers.Binary;
using Faxbot.Fax.T38;

namespace Faxbot.Fax.Tests.T38;

/// <summary>Our sender to our receiver over links that lose, delay and copy, each made from a seed.</summary>
public sealed class UdptlLinkTests
{
    /// <summary>One end's packets through a link: everything that is delivered is checked against what was sent.</summary>
    private sealed class Call(UdptlSenderOptions options, UdptlReceiverOptions receiverOptions, ushort firstSequence = 0)
    {
        private readonly UdptlSender _sender = new(options, firstSequence);
        private readonly UdptlReceiver _receiver = new(receiverOptions);
        private readonly List<byte[]> _sent = [];

        public SortedSet<int> Delivered { get; } = [];

        public int Lost { get; private set; }

        public UdptlReceiver Receiver => _receiver;

        public byte[] Send(Random random)
        {
            var packet = new byte[4 + random.Next(1, 60)];
            random.NextBytes(packet);
            BinaryPrimitives.WriteInt32BigEndian(packet, _sent.Count);
            _sent.Add(packet);
            var datagram = new byte[_sender.MaxDatagram];
            return datagram[.._sender.Write(packet, UdptlContent.Image, datagram)];
        }

        public void Arrive(byte[] datagram)
        {
            Assert.Equal(UdptlError.None, _receiver.Accept(datagram));
            Drain();
        }

        public void Drain()
        {
            while (_receiver.TryTake(out var delivery))
            {
                var index = BinaryPrimitives.ReadInt32BigEndian(delivery.Packet);
                Assert.True(Delivered.Count == 0 || index > Delivered.Max, "out of order or twice");
                Assert.Equal((ushort)(firstSequence + index), delivery.Sequence);
                Assert.True(delivery.Packet.StartsWith(_sent[index]));
                Assert.False(delivery.Packet[_sent[index].Length..].ContainsAnyExcept((byte)0));
                Assert.False(delivery.Restarted);
                Lost += delivery.Lost;
                Assert.Equal(index + 1, Delivered.Count + 1 + Lost);
                Delivered.Add(index);
            }
        }
    }

    [Fact]
    public void Order_and_exactly_once_hold_on_ten_thousand_bad_links()
    {
        for (var seed = 0; seed < 10_000; seed++)
        {
            var random = new Random(seed);
            var options = new UdptlSenderOptions
            {
                ErrorCorrection = (UdptlErrorCorrection)random.Next(3),
                ImageRedundancy = random.Next(5),
                FecSpan = random.Next(1, 5),
                FecEntries = random.Next(1, 5),
                MaxDatagram = random.Next(80, 500),
            };
            var call = new Call(options, new UdptlReceiverOptions { HoldDatagrams = random.Next(5) }, (ushort)(random.Next(2) * 65500));
            double loss = random.NextDouble() * 0.3, copies = random.NextDouble() * 0.3, delays = random.NextDouble() * 0.3;
            var late = new List<(int Due, byte[] Datagram)>();
            for (var i = 0; i < 80; i++)
            {
                var datagram = call.Send(random);
                // The first one arrives, so that both ends agree where the count began.
                if (i == 0 || random.NextDouble() >= loss)
                {
                    if (i > 0 && random.NextDouble() < delays)
                        late.Add((i + random.Next(1, 8), datagram));
                    else
                        call.Arrive(datagram);
                    if (random.NextDouble() < copies)
                        late.Add((i + random.Next(8), datagram));
                }
                foreach (var (_, delayed) in late.Where(item => item.Due == i).ToList())
                    call.Arrive(delayed);
                if (random.Next(20) == 0)
                    call.Receiver.ReleaseHeld();
            }
            call.Receiver.ReleaseHeld();
            call.Drain();
            Assert.False(call.Receiver.IsHolding);
            Assert.InRange(call.Delivered.Count, 10, 80);
        }
    }

    [Fact]
    public void Redundancy_of_depth_d_survives_every_burst_of_d_without_waiting()
    {
        for (var depth = 1; depth <= 8; depth++)
        {
            for (var burst = 1; burst <= depth; burst++)
            {
                for (var at = 1; at < 20; at++)
                {
                    var random = new Random(at);
                    var call = new Call(new UdptlSenderOptions { ImageRedundancy = depth, MaxDatagram = 1400 }, new UdptlReceiverOptions());
                    for (var i = 0; i < 40; i++)
                    {
                        var datagram = call.Send(random);
                        if (i < at || i >= at + burst)
                        {
                            call.Arrive(datagram);
                            Assert.Equal(i, call.Delivered.Max);
                        }
                    }
                    Assert.Equal(40, call.Delivered.Count);
                }
            }
        }
    }

    [Fact]
    public void Redundancy_delivers_exactly_what_reached_the_receiver_in_any_datagram()
    {
        for (var seed = 0; seed < 1000; seed++)
        {
            var random = new Random(seed);
            var depth = random.Next(4);
            var call = new Call(new UdptlSenderOptions { ImageRedundancy = depth, MaxDatagram = 1400 }, new UdptlReceiverOptions());
            var reached = new SortedSet<int>();
            for (var i = 0; i < 100; i++)
            {
                var datagram = call.Send(random);
                if (random.Next(3) == 0 && i > 0)
                    continue;
                reached.UnionWith(Enumerable.Range(0, 1 + depth).Select(back => i - back).Where(index => index >= 0));
                call.Arrive(datagram);
            }
            call.Receiver.ReleaseHeld();
            call.Drain();
            Assert.Equal(reached, call.Delivered);
        }
    }

    [Fact]
    public void Parity_survives_every_burst_of_as_many_as_its_messages()
    {
        for (var span = 1; span <= 5; span++)
        {
            for (var entries = 1; entries <= 5; entries++)
            {
                for (var at = span * entries; at < 3 * span * entries; at++)
                {
                    var random = new Random(at);
                    var options = new UdptlSenderOptions { ErrorCorrection = UdptlErrorCorrection.Fec, FecSpan = span, FecEntries = entries, MaxDatagram = 1400 };
                    var call = new Call(options, new UdptlReceiverOptions());
                    for (var i = 0; i < 100; i++)
                    {
                        var datagram = call.Send(random);
                        if (i < at || i >= at + entries)
                            call.Arrive(datagram);
                    }
                    Assert.Equal(100, call.Delivered.Count);
                }
            }
        }
    }

    [Fact]
    public void Parity_recovers_exactly_what_its_equations_allow()
    {
        var recovered = 0;
        for (var seed = 0; seed < 2000; seed++)
        {
            var random = new Random(seed);
            int span = random.Next(1, 6), entries = random.Next(1, 6), loss = random.Next(2, 8);
            var options = new UdptlSenderOptions { ErrorCorrection = UdptlErrorCorrection.Fec, FecSpan = span, FecEntries = entries, MaxDatagram = 1400 };
            var call = new Call(options, new UdptlReceiverOptions());
            var known = new SortedSet<int>();
            for (var i = 0; i < 120; i++)
            {
                var datagram = call.Send(random);
                // The first full parity tells the receiver how far it reaches.
                if (random.Next(loss) == 0 && i > span * entries)
                    continue;
                call.Arrive(datagram);
                known.Add(i);
                // T.38 9.1.4.2, as sets: each message restores the one packet that is missing of those it covers.
                var messages = Math.Min(entries, i / span);
                for (var message = 0; message < messages; message++)
                {
                    var covered = Enumerable.Range(1, span).Select(k => i - k * messages + message);
                    if (covered.Where(index => !known.Contains(index)).ToList() is [var missing])
                        known.Add(missing);
                }
            }
            call.Receiver.ReleaseHeld();
            call.Drain();
            Assert.Equal(known, call.Delivered);
            recovered += call.Receiver.Statistics.Recovered;
        }
        Assert.InRange(recovered, 10_000, 60_000);
    }

    [Fact]
    public void No_packet_is_lost_when_none_is_overtaken_by_more_than_are_held()
    {
        for (var seed = 0; seed < 2000; seed++)
        {
            var random = new Random(seed);
            var hold = random.Next(1, 6);
            var call = new Call(
                new UdptlSenderOptions { ErrorCorrection = UdptlErrorCorrection.None }, new UdptlReceiverOptions { HoldDatagrams = hold });
            // Each datagram is at most so many places behind its turn.
            var order = Enumerable.Range(0, 100).Select(i => call.Send(random)).Select((datagram, i) => (datagram, due: i + random.NextDouble() * hold))
                .OrderBy(item => item.due).Select(item => item.datagram);
            foreach (var datagram in order)
                call.Arrive(datagram);
            Assert.Equal(100, call.Delivered.Count);
            Assert.Equal(0, call.Lost);
        }
    }

    [Fact]
    public void A_call_longer_than_the_numbers_is_delivered_whole()
    {
        var call = new Call(new UdptlSenderOptions { ImageRedundancy = 1 }, new UdptlReceiverOptions());
        var random = new Random(1);
        for (var i = 0; i < 140_001; i++)
        {
            var datagram = call.Send(random);
            if (i % 3 != 1)
                call.Arrive(datagram);
        }
        Assert.Equal(0, call.Lost);
        Assert.Equal(140_000, call.Delivered.Max);
    }
}
