using System.Buffers.Binary;
using System.Numerics;

namespace Faxbot.Fax.T38;

/// <summary>
/// Wraps IFP packets into UDPTL datagrams (T.38 clause 9.1) and protects them by redundancy or parity. One object serves one
/// direction of one call, from sequence number 0; it is not thread-safe. It remembers as many packets as the protection needs.
/// To send a datagram more than once, send the same octets again: the receiver drops the copies.
/// </summary>
public sealed class UdptlSender
{
    // Sequence number, and the choice and count of the error recovery.
    private const int Fixed = 4;

    private readonly UdptlSenderOptions _options;
    private readonly Packet[] _sent;
    private int _remembered;

    private struct Packet
    {
        public byte[]? Octets;
        public int Length;
    }

    /// <summary>Starts at <paramref name="firstSequence"/>, which T.38 wants to be 0.</summary>
    public UdptlSender(UdptlSenderOptions options, ushort firstSequence = 0)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        NextSequence = firstSequence;
        _sent = new Packet[(int)BitOperations.RoundUpToPowerOf2((uint)options.History)];
    }

    /// <summary>The sequence number of the next datagram.</summary>
    public ushort NextSequence { get; private set; }

    /// <summary>The longest datagram that <see cref="Write"/> makes, and so the destination that is always large enough.</summary>
    public int MaxDatagram => _options.DatagramCeiling;

    /// <summary>
    /// The longest IFP packet that a datagram can carry: with the whole protection when all packets are that long
    /// (<paramref name="protectedFully"/>), or with none.
    /// </summary>
    public int MaxPacket(UdptlContent content, bool protectedFully)
    {
        var copies = 1;
        var room = _options.DatagramCeiling - Fixed;
        if (protectedFully && _options.ErrorCorrection == UdptlErrorCorrection.Redundancy)
            copies += Redundancy(content);
        if (protectedFully && _options.ErrorCorrection == UdptlErrorCorrection.Fec)
        {
            copies += _options.FecEntries;
            room -= 2;
        }
        var each = room / copies;
        var longest = each <= 0x80 ? each - 1 : each - 2;
        if (_options.MaxDatagramMeans == UdptlDatagramLimit.PrimaryPacket)
            longest = Math.Min(longest, _options.MaxDatagram);
        return Math.Max(longest, 0);
    }

    /// <summary>
    /// Writes the datagram for the next IFP packet and returns its octets. Protection that does not fit is left out, the oldest
    /// first.
    /// </summary>
    /// <exception cref="ArgumentException">The packet is empty or does not fit even alone.</exception>
    public int Write(ReadOnlySpan<byte> packet, UdptlContent content, Span<byte> datagram)
    {
        var limit = Math.Min(datagram.Length, _options.DatagramCeiling);
        if (packet.IsEmpty || Fixed + Wrapped(packet.Length) > limit || packet.Length > MaxPacket(content, protectedFully: false))
            throw new ArgumentException($"An IFP packet of {packet.Length} octets does not go into a datagram of {limit}.", nameof(packet));

        BinaryPrimitives.WriteUInt16BigEndian(datagram, NextSequence);
        var used = Put(datagram, 2, packet);
        used = _options.ErrorCorrection == UdptlErrorCorrection.Fec
            ? PutParity(datagram[..limit], used)
            : PutSecondaries(datagram[..limit], used, Redundancy(content));
        Remember(packet);
        NextSequence++;
        return used;
    }

    private static int Wrapped(int length) => length < 0x80 ? 1 + length : 2 + length;

    private static int PutLength(Span<byte> datagram, int at, int length)
    {
        if (length >= 0x80)
            datagram[at++] = (byte)(0x80 | (length >> 8));
        datagram[at++] = (byte)length;
        return at;
    }

    private static int Put(Span<byte> datagram, int at, ReadOnlySpan<byte> packet)
    {
        at = PutLength(datagram, at, packet.Length);
        packet.CopyTo(datagram[at..]);
        return at + packet.Length;
    }

    private int Redundancy(UdptlContent content) => _options.ErrorCorrection != UdptlErrorCorrection.Redundancy ? 0
        : content == UdptlContent.Control ? _options.ControlRedundancy
        : _options.ImageRedundancy;

    // The packet sent so many datagrams ago, 1 being the last.
    private ref Packet Sent(int ago) => ref _sent[(NextSequence - ago) & (_sent.Length - 1)];

    private int PutSecondaries(Span<byte> datagram, int used, int depth)
    {
        var countAt = used + 1;
        datagram[used] = 0;
        used += 2;
        var count = 0;
        for (var most = Math.Min(depth, _remembered); count < most; count++)
        {
            ref readonly var packet = ref Sent(count + 1);
            if (datagram.Length - used < Wrapped(packet.Length))
                break;
            used = Put(datagram, used, packet.Octets.AsSpan(0, packet.Length));
        }
        datagram[countAt] = (byte)count;
        return used;
    }

    // T.38 9.1.4.2: message m of n covers the packets s - span * n + m, then every n-th, up to s - n + m, so neighbours fall into
    // different messages. At the start of a call, and where n messages do not fit, fewer are sent.
    private int PutParity(Span<byte> datagram, int used)
    {
        var span = _options.FecSpan;
        var entries = Math.Min(_options.FecEntries, _remembered / span);
        while (entries > 0 && used + 4 + ParityOctets(span, entries) > datagram.Length)
            entries--;
        if (entries == 0)
        {
            datagram[used] = 0;
            datagram[used + 1] = 0;
            return used + 2;
        }
        datagram[used] = 0x80;
        datagram[used + 1] = 1;
        datagram[used + 2] = (byte)span;
        datagram[used + 3] = (byte)entries;
        used += 4;
        for (var message = 0; message < entries; message++)
        {
            var length = ParityLength(span, entries, message);
            used = PutLength(datagram, used, length);
            var parity = datagram.Slice(used, length);
            parity.Clear();
            for (var ago = entries - message; ago <= span * entries; ago += entries)
            {
                ref readonly var packet = ref Sent(ago);
                Parity.Fold(parity, packet.Octets.AsSpan(0, packet.Length));
            }
            used += length;
        }
        return used;
    }

    private int ParityOctets(int span, int entries)
    {
        var octets = 0;
        for (var message = 0; message < entries; message++)
            octets += Wrapped(ParityLength(span, entries, message));
        return octets;
    }

    private int ParityLength(int span, int entries, int message)
    {
        var longest = 0;
        for (var ago = entries - message; ago <= span * entries; ago += entries)
            longest = Math.Max(longest, Sent(ago).Length);
        return longest;
    }

    private void Remember(ReadOnlySpan<byte> packet)
    {
        if (_sent.Length == 0 || _options.History == 0)
            return;
        ref var slot = ref Sent(0);
        if (slot.Octets is null || slot.Octets.Length < packet.Length)
            slot.Octets = GC.AllocateUninitializedArray<byte>((packet.Length + 63) & ~63);
        packet.CopyTo(slot.Octets);
        slot.Length = packet.Length;
        _remembered = Math.Min(_remembered + 1, _options.History);
    }
}
