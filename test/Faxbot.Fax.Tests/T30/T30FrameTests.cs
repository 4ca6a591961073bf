using CsCheck;
using Faxbot.Fax.T30;

namespace Faxbot.Fax.Tests.T30;

public sealed class T30FrameTests
{
    /// <summary>T.30 5.3.6.1 as it is printed, the bit that is sent first at the left; X is the bit of the station that received DIS.</summary>
    [Theory]
    [InlineData(FrameType.Dis, "00000001")]
    [InlineData(FrameType.Csi, "00000010")]
    [InlineData(FrameType.Nsf, "00000100")]
    [InlineData(FrameType.Dtc, "10000001")]
    [InlineData(FrameType.Cig, "10000010")]
    [InlineData(FrameType.Nsc, "10000100")]
    [InlineData(FrameType.Pwd, "10000011")]
    [InlineData(FrameType.Sep, "10000101")]
    [InlineData(FrameType.Psa, "10000110")]
    [InlineData(FrameType.Dcs, "X1000001")]
    [InlineData(FrameType.Tsi, "X1000010")]
    [InlineData(FrameType.Nss, "X1000100")]
    [InlineData(FrameType.Sub, "X1000011")]
    [InlineData(FrameType.Sid, "X1000101")]
    [InlineData(FrameType.Ctc, "X1001000")]
    [InlineData(FrameType.Cfr, "X0100001")]
    [InlineData(FrameType.Ftt, "X0100010")]
    [InlineData(FrameType.Ctr, "X0100011")]
    [InlineData(FrameType.Eom, "X1110001")]
    [InlineData(FrameType.Mps, "X1110010")]
    [InlineData(FrameType.Eop, "X1110100")]
    [InlineData(FrameType.PriEom, "X1111001")]
    [InlineData(FrameType.PriMps, "X1111010")]
    [InlineData(FrameType.PriEop, "X1111100")]
    [InlineData(FrameType.Pps, "X1111101")]
    [InlineData(FrameType.Eor, "X1110011")]
    [InlineData(FrameType.Rr, "X1110110")]
    [InlineData(FrameType.Mcf, "X0110001")]
    [InlineData(FrameType.Rtp, "X0110011")]
    [InlineData(FrameType.Rtn, "X0110010")]
    [InlineData(FrameType.Pip, "X0110101")]
    [InlineData(FrameType.Pin, "X0110100")]
    [InlineData(FrameType.Ppr, "X0111101")]
    [InlineData(FrameType.Rnr, "X0110111")]
    [InlineData(FrameType.Err, "X0111000")]
    [InlineData(FrameType.Dcn, "X1011111")]
    [InlineData(FrameType.Crp, "X1011000")]
    [InlineData(FrameType.Fnv, "X1010011")]
    public void Its_control_field_is_that_of_T30(FrameType type, string bits)
    {
        foreach (var disReceived in (bool[])[false, true])
        {
            var octets = T30Frame.Build(type, disReceived, isFinal: true);

            Assert.Equal(Convert.ToByte(bits.Replace('X', disReceived ? '1' : '0'), 2), octets[2]);
            Assert.True(T30Frame.TryParse(octets, out var frame));
            Assert.Equal(type, frame.Type);
        }
    }

    [Fact]
    public void Whatever_is_built_is_read_back() =>
        Gen.Select(Gen.OneOf(Enum.GetValues<FrameType>()), Gen.Bool, Gen.Bool, Gen.Byte.Array[0, 256]).Sample((type, disReceived, isFinal, information) =>
        {
            var octets = T30Frame.Build(type, disReceived, isFinal, information);
            return T30Frame.TryParse(octets, out var frame) && frame.Type == type && frame.IsFinal == isFinal && frame.Information.SequenceEqual(information);
        });

    [Theory]
    [InlineData("")]
    [InlineData("FFC8")]
    [InlineData("00C831")]
    [InlineData("FF0031")]
    [InlineData("FFC931")]
    public void What_is_too_short_or_of_another_address_or_control_is_no_frame(string octets) =>
        Assert.False(T30Frame.TryParse(Convert.FromHexString(octets), out _));

    [Fact]
    public void An_identity_is_read_back_without_its_padding() =>
        Gen.Char[' ', '~'].Array[0, 20].Sample(characters =>
        {
            var text = new string(characters);
            return BitOrder.ReadIdentity(BitOrder.WriteIdentity(text)) == text.Trim();
        });
}
