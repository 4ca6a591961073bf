using System.Buffers.Binary;
using System.Net;

namespace Faxbot.Lines.Embedded.Signalling.Stun;

/// <summary>The binding request of STUN and its answer, which tells the address that the server saw (RFC 8489 5, 14.1, 14.2).</summary>
internal static class StunBinding
{
    /// <summary>The octets of a transaction id.</summary>
    public const int IdLength = 12;

    private const int HeaderLength = 20;
    private const uint MagicCookie = 0x2112A442;
    private const ushort Request = 0x0001, Success = 0x0101, MappedAddress = 0x0001, XorMappedAddress = 0x0020;

    private static readonly byte[] NoMask = new byte[4 + IdLength];

    /// <summary>Whether a datagram is STUN: neither SIP nor a keep-alive has the cookie in that place.</summary>
    public static bool IsStun(ReadOnlySpan<byte> datagram) =>
        datagram.Length >= HeaderLength && datagram[0] < 0x40 && BinaryPrimitives.ReadUInt32BigEndian(datagram[4..]) == MagicCookie
        && BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]) == datagram.Length - HeaderLength;

    /// <summary>A request.</summary>
    public static byte[] Write(ReadOnlySpan<byte> id)
    {
        var message = new byte[HeaderLength];
        BinaryPrimitives.WriteUInt16BigEndian(message, Request);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(4), MagicCookie);
        id.CopyTo(message.AsSpan(8));
        return message;
    }

    /// <summary>The address in the success response to the request with <paramref name="id"/>; null when it is none.</summary>
    public static IPEndPoint? Read(ReadOnlySpan<byte> datagram, ReadOnlySpan<byte> id)
    {
        if (!IsStun(datagram) || BinaryPrimitives.ReadUInt16BigEndian(datagram) != Success || !datagram.Slice(8, IdLength).SequenceEqual(id)) return null;
        IPEndPoint? plain = null;
        for (var rest = datagram[HeaderLength..]; rest.Length >= 4;)
        {
            var type = BinaryPrimitives.ReadUInt16BigEndian(rest);
            var length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            if (length > rest.Length - 4) return null;
            var value = rest.Slice(4, length);
            if (type == XorMappedAddress) return Address(value, datagram.Slice(4, 4 + IdLength));
            // Servers before RFC 5389 have the plain one only.
            if (type == MappedAddress) plain = Address(value, NoMask);
            // Attributes are padded to four octets, the last one perhaps not.
            rest = rest[Math.Min(rest.Length, 4 + ((length + 3) & ~3))..];
        }

        return plain;
    }

    private static IPEndPoint? Address(ReadOnlySpan<byte> value, ReadOnlySpan<byte> mask)
    {
        if (value is not ([_, 1, ..] and { Length: 8 }) && value is not ([_, 2, ..] and { Length: 20 })) return null;
        Span<byte> address = stackalloc byte[value.Length - 4];
        for (var i = 0; i < address.Length; i++) address[i] = (byte)(value[4 + i] ^ mask[i]);
        return new IPEndPoint(new IPAddress(address), BinaryPrimitives.ReadUInt16BigEndian(value[2..]) ^ BinaryPrimitives.ReadUInt16BigEndian(mask));
    }
}
