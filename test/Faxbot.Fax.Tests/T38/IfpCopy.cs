using Faxbot.Fax.T38;

namespace Faxbot.Fax.Tests.T38;

internal static class IfpCopy
{
    /// <summary>Writes a parsed packet again and returns its octets.</summary>
    public static int Write(in IfpPacket packet, int version, Span<byte> destination)
    {
        if (!packet.IsData)
            return IfpWriter.WriteIndicator(destination, packet.Indicator);
        var writer = IfpWriter.BeginData(destination, version, packet.DataType);
        foreach (var field in packet.Fields)
            writer.Add(field.Type, field.Data);
        return writer.Finish();
    }
}
