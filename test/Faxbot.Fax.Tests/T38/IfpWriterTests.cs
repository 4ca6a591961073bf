using CsCheck;
using Faxbot.Fax.T38;

namespace Faxbot.Fax.Tests.T38;

public sealed class IfpWriterTests
{
    private static readonly Gen<ModelPacket> Packets = Gen.Int[0, 3].SelectMany(ModelPacket.Data);

    [Fact]
    public void What_is_written_is_read_again() => Packets.Sample(
        packet =>
        {
            var octets = packet.Write();
            Assert.Equal(IfpError.None, IfpPacket.TryParse(octets, packet.Version, out var read));
            return read.Length == octets.Length && packet.ToString() == IfpText.Of(octets, packet.Version);
        },
        iter: 20_000);

    // Behind a field without data there are two readings, so the beginning of one may be a packet in the other.
    [Fact]
    public void Each_beginning_of_a_packet_is_truncated() => Packets.Where(packet => packet.Fields.SkipLast(1).All(field => field.Data.Length > 0)).Sample(
        packet =>
        {
            var octets = packet.Write();
            for (var cut = 0; cut < octets.Length; cut++)
            {
                if (IfpPacket.TryParse(octets.AsSpan(0, cut), packet.Version, out _) != IfpError.Truncated)
                    return false;
            }
            return true;
        },
        iter: 1000);

    [Fact]
    public void Every_indicator_is_read_again()
    {
        Span<byte> octets = stackalloc byte[2];
        for (var indicator = T38Indicator.NoSignal; indicator <= T38Indicator.V33Training14400; indicator++)
        {
            var length = IfpWriter.WriteIndicator(octets, indicator);
            Assert.Equal(indicator < T38Indicator.V8Ansam ? 1 : 2, length);
            Assert.Equal(IfpText.Of(indicator), IfpText.Of(octets[..length], 0));
        }
    }

    [Theory]
    [InlineData(0, "c0 01 80 0000 ff")]
    [InlineData(3, "c0 01 80 0000 ff")]
    public void A_packet_with_one_field_is_one_call(int version, string expected)
    {
        Span<byte> octets = stackalloc byte[6];
        Assert.Equal(6, IfpWriter.WriteData(octets, version, T38DataType.V21, T38FieldType.HdlcData, [0xFF]));
        Assert.Equal(Hex.Octets(expected), octets);
    }

    [Fact]
    public void The_overhead_is_never_more_than_announced()
    {
        Span<byte> octets = stackalloc byte[1 + IfpWriter.MaxOverhead];
        for (var type = T38DataType.V21; type <= T38DataType.V33Rate14400; type++)
            Assert.InRange(IfpWriter.WriteData(octets, 3, type, T38FieldType.V34Rate, [1]), 7, octets.Length);
    }

    [Fact]
    public void A_destination_that_is_too_small_is_the_callers_error()
    {
        for (var room = 0; room < 6; room++)
        {
            var destination = new byte[room];
            Assert.Throws<ArgumentException>(() => IfpWriter.WriteData(destination, 3, T38DataType.V21, T38FieldType.HdlcData, [1]));
        }
        Assert.Throws<ArgumentException>(() => IfpWriter.WriteIndicator([], T38Indicator.Cng));
        Assert.Throws<ArgumentException>(() => IfpWriter.WriteIndicator(new byte[1], T38Indicator.V8Ansam));
    }

    [Fact]
    public void What_a_version_cannot_say_is_the_callers_error()
    {
        var destination = new byte[70000];
        Assert.Throws<ArgumentOutOfRangeException>(() => IfpWriter.WriteIndicator(destination, T38Indicator.Unknown));
        Assert.Throws<ArgumentOutOfRangeException>(() => IfpWriter.WriteData(destination, 3, T38DataType.Unknown, T38FieldType.HdlcData, [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => IfpWriter.WriteData(destination, 3, T38DataType.V21, T38FieldType.Unknown, [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => IfpWriter.WriteData(destination, 0, T38DataType.V8, T38FieldType.CmMessage, [1]));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => IfpWriter.WriteData(destination, 3, T38DataType.V21, T38FieldType.HdlcData, new byte[65536]));
        Assert.Throws<InvalidOperationException>(() =>
        {
            var writer = IfpWriter.BeginData(destination, 3, T38DataType.V21);
            for (var i = 0; i <= IfpWriter.MaxFields; i++)
                writer.Add(T38FieldType.HdlcFcsOk);
        });
    }
}
