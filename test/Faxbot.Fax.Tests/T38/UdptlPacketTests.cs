using Faxbot.Fax.T38;

namespace Faxbot.Fax.Tests.T38;

/// <summary>Vectors worked out by hand from the ASN.1 of UDPTLPacket (T.38 annex A) and X.691.</summary>
public sealed class UdptlPacketTests
{
    private static string Read(string octets)
    {
        var error = UdptlPacket.TryParse(Hex.Octets(octets), out var packet);
        if (error != UdptlError.None)
            return error.ToString();
        var text = $"{packet.Sequence} {Hex.Text(packet.Primary)} {(packet.IsFec ? $"fec {packet.FecSpan}" : "red")}";
        foreach (var entry in packet.Entries)
            text += " " + Hex.Text(entry);
        return text;
    }

    [Theory]
    [InlineData("0000 01 00 00 00", "0 00 red")]
    [InlineData("0003 01 06 00 03 01 00 01 04 01 00", "3 06 red 00 04 00")]
    [InlineData("ffff 00 00 00", "65535  red")]
    [InlineData("0005 02 2000 00 02 00 01 06", "5 2000 red  06")]
    [InlineData("0009 01 06 80 01 03 02 01 02 02 0304", "9 06 fec 3 02 0304")]
    [InlineData("0009 01 06 80 01 00 00", "9 06 fec 0")]
    // The number of a longer form than it needs, and one that would be negative in a single octet.
    [InlineData("0009 01 06 80 04 00000003 01 01 02", "9 06 fec 3 02")]
    [InlineData("0009 01 06 80 02 0080 00", "9 06 fec 128")]
    // Other bits of the choice's octet are padding.
    [InlineData("0000 01 00 7f 00", "0 00 red")]
    [InlineData("0000 01 00 00 00 ff ff", "0 00 red")]
    public void A_datagram_is_read(string octets, string expected) => Assert.Equal(expected, Read(octets));

    [Fact]
    public void A_packet_of_128_octets_and_more_has_a_length_of_two()
    {
        foreach (var length in new[] { 127, 128, 255, 256, 1400, 16383 })
        {
            byte[] head = length < 128 ? [(byte)length] : [(byte)(0x80 | (length >> 8)), (byte)length];
            Assert.Equal(UdptlError.None, UdptlPacket.TryParse([0, 1, .. head, .. new byte[length], 0, 1, .. head, .. new byte[length]], out var packet));
            Assert.Equal(length, packet.Primary.Length);
            foreach (var entry in packet.Entries)
                Assert.Equal(length, entry.Length);
        }
    }

    [Theory]
    [InlineData("", "Truncated")]
    [InlineData("00", "Truncated")]
    [InlineData("0000", "Truncated")]
    [InlineData("0000 01", "Truncated")]
    [InlineData("0000 01 00", "Truncated")]
    [InlineData("0000 01 00 00", "Truncated")]
    [InlineData("0000 01 00 00 01", "Truncated")]
    [InlineData("0000 01 00 00 01 02 00", "Truncated")]
    [InlineData("0000 81", "Truncated")]
    [InlineData("0000 81 00 00", "Truncated")]
    [InlineData("0000 c1 00", "FragmentedLength")]
    [InlineData("0000 01 00 00 c1", "FragmentedLength")]
    [InlineData("0000 01 00 00 01 c1", "FragmentedLength")]
    [InlineData("0000 01 00 00 80 81", "TooManyEntries")]
    [InlineData("0000 01 00 00 81 01", "TooManyEntries")]
    [InlineData("0000 01 00 80", "Truncated")]
    [InlineData("0000 01 00 80 01", "Truncated")]
    [InlineData("0000 01 00 80 01 03", "Truncated")]
    [InlineData("0000 01 00 80 c1", "FragmentedLength")]
    [InlineData("0000 01 00 80 00 00", "BadFecSpan")]
    [InlineData("0000 01 00 80 01 ff 00", "BadFecSpan")]
    [InlineData("0000 01 00 80 02 0100 00", "BadFecSpan")]
    public void What_is_no_datagram_has_an_error(string octets, string expected) => Assert.Equal(expected, Read(octets));
}
