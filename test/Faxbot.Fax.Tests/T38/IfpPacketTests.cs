using Faxbot.Fax.T38;

namespace Faxbot.Fax.Tests.T38;

/// <summary>Vectors worked out by hand from the ASN.1 of T.38 annex A and the aligned packed encoding rules of X.691.</summary>
public sealed class IfpPacketTests
{
    [Theory]
    // SEQUENCE preamble 0, CHOICE 0, extension 0, four bits, one of padding.
    [InlineData("00", "no-signal")]
    [InlineData("02", "cng")]
    [InlineData("04", "ced")]
    [InlineData("06", "v21-preamble")]
    [InlineData("1e", "v17-14400-long-training")]
    // Extension 1, then 1 + 6 bits of addition, six of padding.
    [InlineData("20 00", "v8-ansam")]
    [InlineData("20 40", "v8-signal")]
    [InlineData("20 80", "v34-cntl-channel-1200")]
    [InlineData("20 c0", "v34-pri-channel")]
    [InlineData("21 00", "v34-CC-retrain")]
    [InlineData("21 40", "v33-12000-training")]
    [InlineData("21 80", "v33-14400-training")]
    // Additions of a later edition, in the short form, the long form and with a number of eight octets.
    [InlineData("21 c0", "unknown")]
    [InlineData("2f c0", "unknown")]
    [InlineData("30 01 40", "unknown")]
    [InlineData("30 08 ff ff ff ff ff ff ff ff", "unknown")]
    public void An_indicator_is_read_in_every_version(string octets, string expected)
    {
        for (var version = 0; version <= 3; version++)
            Assert.Equal(expected, IfpText.Of(Hex.Octets(octets), version));
    }

    [Theory]
    // Original: present 1, three bits of type, four of padding, two octets of length less one.
    [InlineData(0, "c0 01 80 0000 ff", "v21: hdlc-data[ff]")]
    [InlineData(0, "c0 01 20", "v21: hdlc-fcs-OK")]
    [InlineData(0, "c0 01 40", "v21: hdlc-fcs-OK-sig-end")]
    [InlineData(0, "d0 01 e0 0001 1234", "v17-14400: t4-non-ecm-data[1234]")]
    [InlineData(0, "d0 01 70", "v17-14400: t4-non-ecm-sig-end")]
    [InlineData(0, "d0 02 80 0000 aa 20", "v17-14400: hdlc-data[aa] hdlc-fcs-OK")]
    // Behind a field without data the next one begins in the same octet.
    [InlineData(0, "d0 02 28 0000 aa", "v17-14400: hdlc-fcs-OK hdlc-data[aa]")]
    [InlineData(0, "d0 03 22 40", "v17-14400: hdlc-fcs-OK hdlc-fcs-OK hdlc-fcs-OK-sig-end")]
    // Corrected: an extension bit before the type.
    [InlineData(1, "c0 01 80 0000 ff", "v21: hdlc-data[ff]")]
    [InlineData(1, "c0 01 10", "v21: hdlc-fcs-OK")]
    [InlineData(2, "c0 01 20", "v21: hdlc-fcs-OK-sig-end")]
    [InlineData(3, "d0 01 b0 0001 1234", "v17-14400: t4-non-ecm-data[1234]")]
    [InlineData(3, "d0 01 38", "v17-14400: t4-non-ecm-sig-end")]
    [InlineData(3, "d0 02 80 0000 aa 10", "v17-14400: hdlc-data[aa] hdlc-fcs-OK")]
    [InlineData(3, "d0 03 10 82", "v17-14400: hdlc-fcs-OK hdlc-fcs-OK hdlc-sig-end")]
    [InlineData(3, "d0 02 14 00 0000 aa", "v17-14400: hdlc-fcs-OK hdlc-data[aa]")]
    // libspandsp's form of the same: each field on an octet boundary.
    [InlineData(3, "d0 02 10 80 0000 aa", "v17-14400: hdlc-fcs-OK hdlc-data[aa]")]
    [InlineData(3, "d0 02 10 20", "v17-14400: hdlc-fcs-OK hdlc-fcs-OK-sig-end")]
    // Extension additions of data and field types.
    [InlineData(3, "e0 00 01 c0 00 0000 55", "v8: cm-message[55]")]
    [InlineData(3, "e0 00 01 c0 80 0000 55", "v8: jm-message[55]")]
    [InlineData(3, "e0 40 01 41 80", "v34-pri-rate: v34rate")]
    [InlineData(3, "e1 40 01 80 0000 55", "v33-14400: hdlc-data[55]")]
    [InlineData(3, "e1 80 01 80 0000 55", "unknown: hdlc-data[55]")]
    [InlineData(3, "d2 01 80 0000 55", "unknown: hdlc-data[55]")]
    [InlineData(3, "c0 02 c2 00 0000 55 10", "v21: unknown[55] hdlc-fcs-OK")]
    [InlineData(3, "c0 02 e0 01 40 0000 55 10", "v21: unknown[55] hdlc-fcs-OK")]
    // Legal and of no meaning.
    [InlineData(0, "40", "v21:")]
    [InlineData(3, "c0 00", "v21:")]
    [InlineData(3, "86 01 10", "v21-preamble hdlc-fcs-OK")]
    public void Data_is_read_in_the_syntax_of_its_version(int version, string octets, string expected) =>
        Assert.Equal(expected, IfpText.Of(Hex.Octets(octets), version));

    [Theory]
    [InlineData(0, "", IfpError.Truncated)]
    [InlineData(3, "20", IfpError.Truncated)]
    [InlineData(3, "30", IfpError.Truncated)]
    [InlineData(3, "30 02 01", IfpError.Truncated)]
    [InlineData(3, "c0", IfpError.Truncated)]
    [InlineData(3, "c0 01", IfpError.Truncated)]
    [InlineData(3, "c0 01 80", IfpError.Truncated)]
    [InlineData(3, "c0 01 80 00", IfpError.Truncated)]
    [InlineData(3, "c0 01 80 00 01 ff", IfpError.Truncated)]
    [InlineData(0, "c0 04 80 00 00 ff 20", IfpError.Truncated)]
    [InlineData(3, "c0 80", IfpError.Truncated)]
    [InlineData(3, "c0 81 01", IfpError.TooManyFields)]
    [InlineData(3, "c0 c1 00", IfpError.FragmentedLength)]
    public void What_is_no_packet_has_an_error(int version, string octets, IfpError expected) =>
        Assert.Equal(expected, IfpPacket.TryParse(Hex.Octets(octets), version, out _));

    [Fact]
    public void Padding_behind_a_packet_is_not_part_of_it()
    {
        Assert.Equal(IfpError.None, IfpPacket.TryParse(Hex.Octets("c0 01 80 0000 ff 00 00"), 3, out var packet));
        Assert.Equal(6, packet.Length);
        Assert.Equal(1, packet.Fields.Count);
    }

    [Fact]
    public void As_many_fields_as_allowed_are_read()
    {
        byte[] octets = [0xC0, 0x81, 0x00, .. new byte[160]];
        Assert.Equal(IfpError.None, IfpPacket.TryParse(octets, 3, out var packet));
        Assert.Equal(IfpPacket.MaxFields, packet.Fields.Count);
        Assert.Equal(3 + 160, packet.Length);
    }
}
