using Faxbot.Fax.T38;

namespace Faxbot.Fuzz.Targets;

/// <summary>
/// IFP packets. The first octet of an input is the T.38 version, the rest the packet. What was parsed and can be written again must
/// come out the same.
/// </summary>
internal sealed class IfpTarget : IFuzzTarget
{
    private readonly byte[] _written = new byte[8192];

    public string Name => "ifp";

    public IEnumerable<byte[]> Seeds
    {
        get
        {
            foreach (var version in new[] { 0, 3 })
            {
                foreach (var indicator in new[] { T38Indicator.Cng, T38Indicator.V21Preamble, T38Indicator.V33Training14400 })
                    yield return Seed(version, packet => IfpWriter.WriteIndicator(packet, indicator));
                yield return Seed(version, packet => IfpWriter.WriteData(packet, version, T38DataType.V21, T38FieldType.HdlcData, [0xFF, 0xC8, 0x80, 0, 0x77]));
                yield return Seed(version, packet =>
                {
                    var writer = IfpWriter.BeginData(packet, version, T38DataType.V17Rate14400);
                    writer.Add(T38FieldType.HdlcData, [1, 2, 3, 4]);
                    writer.Add(T38FieldType.HdlcFcsOk);
                    writer.Add(T38FieldType.HdlcSignalEnd);
                    return writer.Finish();
                });
            }
        }
    }

    public int MaxLength => 1024;

    public void Run(ReadOnlySpan<byte> input)
    {
        if (input.Length == 0) return;
        var version = input[0] % 4;
        if (IfpPacket.TryParse(input[1..], version, out var packet) != IfpError.None || !CanBeWritten(packet, version)) return;
        var length = Write(packet, version);
        var error = IfpPacket.TryParse(_written.AsSpan(0, length), version, out var again);
        if (error != IfpError.None || again.Length != length) throw new InvalidOperationException($"Written again it is {error}, {again.Length} of {length} octets.");
        AssertSame(packet, again);
    }

    private static bool CanBeWritten(IfpPacket packet, int version)
    {
        if (packet.IsData ? packet.DataType > T38DataType.V33Rate14400 : packet.Indicator > T38Indicator.V33Training14400 || packet.Fields.Count > 0) return false;
        if (packet.Fields.Count > IfpWriter.MaxFields) return false;
        foreach (var field in packet.Fields)
        {
            if (field.Type > (version == 0 ? T38FieldType.NonEcmSignalEnd : T38FieldType.V34Rate)) return false;
        }

        return true;
    }

    private int Write(IfpPacket packet, int version)
    {
        if (!packet.IsData) return IfpWriter.WriteIndicator(_written, packet.Indicator);
        var writer = IfpWriter.BeginData(_written, version, packet.DataType);
        foreach (var field in packet.Fields) writer.Add(field.Type, field.Data);
        return writer.Finish();
    }

    private static void AssertSame(IfpPacket first, IfpPacket second)
    {
        if ((first.IsData, first.Indicator, first.DataType, first.Fields.Count) != (second.IsData, second.Indicator, second.DataType, second.Fields.Count))
            throw new InvalidOperationException("Another packet came out of what was written.");
        var others = second.Fields.GetEnumerator();
        foreach (var field in first.Fields)
        {
            if (!others.MoveNext() || field.Type != others.Current.Type || !field.Data.SequenceEqual(others.Current.Data))
                throw new InvalidOperationException($"Field {field.Type} came out as {others.Current.Type}.");
        }
    }

    private static byte[] Seed(int version, Func<byte[], int> write)
    {
        var packet = new byte[64];
        return [(byte)version, .. packet.AsSpan(0, write(packet))];
    }
}
