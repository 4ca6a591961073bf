using Faxbot.Fax.T38;

namespace Faxbot.Fuzz.Targets;

/// <summary>
/// UDPTL datagrams through a receiver. An input is a call: before each datagram an octet with its length, where 0 releases what is
/// held and 255 expects another count. The numbers of what is delivered must add up.
/// </summary>
internal sealed class UdptlTarget : IFuzzTarget
{
    private const byte Release = 0, Restart = 255;

    private readonly UdptlReceiverOptions _options = new();

    public string Name => "udptl";

    public IEnumerable<byte[]> Seeds
    {
        get
        {
            foreach (var correction in Enum.GetValues<UdptlErrorCorrection>())
            {
                yield return Call(correction, firstSequence: 0, _ => true);
                yield return Call(correction, firstSequence: 65530, _ => true);
                yield return Call(correction, firstSequence: 0, index => index % 5 != 3);
                yield return Call(correction, firstSequence: 0, index => index is < 12 or > 15);
            }

            yield return [.. Call(UdptlErrorCorrection.Redundancy, 0, _ => true), Restart, .. Call(UdptlErrorCorrection.Fec, 9000, _ => true), Release];
        }
    }

    public void Run(ReadOnlySpan<byte> input)
    {
        var receiver = new UdptlReceiver(_options);
        var next = -1;
        while (!input.IsEmpty)
        {
            var length = input[0];
            input = input[1..];
            if (length == Release)
            {
                receiver.ReleaseHeld();
            }
            else if (length == Restart)
            {
                receiver.Restart();
            }
            else
            {
                var datagram = input[..Math.Min(length, input.Length)];
                input = input[datagram.Length..];
                if (receiver.Accept(datagram) != UdptlPacket.TryParse(datagram, out _))
                    throw new InvalidOperationException("Receiver and parser do not agree on a datagram.");
            }

            Drain(receiver, ref next);
        }

        receiver.ReleaseHeld();
        Drain(receiver, ref next);
        if (receiver.IsHolding) throw new InvalidOperationException("Packets stay behind although everything was released.");
    }

    private static void Drain(UdptlReceiver receiver, ref int next)
    {
        while (receiver.TryTake(out var delivery))
        {
            if (delivery.Packet.IsEmpty || delivery.Lost is < 0 or > 65535) throw new InvalidOperationException($"Nothing was delivered, {delivery.Lost} lost.");
            // Empty packets are passed over in silence, so a number may be skipped but never come again.
            var skipped = (ushort)(delivery.Sequence - next - delivery.Lost);
            if (next >= 0 && !delivery.Restarted && skipped > 4096)
                throw new InvalidOperationException($"{delivery.Sequence} follows {next - 1} with {delivery.Lost} lost.");
            next = (ushort)(delivery.Sequence + 1);
        }
    }

    private static byte[] Call(UdptlErrorCorrection correction, ushort firstSequence, Func<int, bool> arrives)
    {
        var sender = new UdptlSender(new UdptlSenderOptions { ErrorCorrection = correction, FecSpan = 2, FecEntries = 2 }, firstSequence);
        var datagram = new byte[400];
        var call = new List<byte>();
        for (var index = 0; index < 20; index++)
        {
            var packet = new byte[16];
            var octets = IfpWriter.WriteData(packet, 0, T38DataType.V17Rate14400, T38FieldType.HdlcData, [(byte)index, .. new byte[index % 7]]);
            var length = sender.Write(packet.AsSpan(0, octets), UdptlContent.Image, datagram);
            if (arrives(index)) call.AddRange([(byte)length, .. datagram[..length]]);
        }

        return [.. call];
    }
}
