using System.Text;
using Faxbot.Fax.T38;

namespace Faxbot.Fax.Tests.T38;

/// <summary>An IFP packet in one line, so that tables and other decoders can be compared with it.</summary>
internal static class IfpText
{
    private static readonly string[] Indicators =
    [
        "no-signal", "cng", "ced", "v21-preamble", "v27-2400-training", "v27-4800-training", "v29-7200-training", "v29-9600-training",
        "v17-7200-short-training", "v17-7200-long-training", "v17-9600-short-training", "v17-9600-long-training",
        "v17-12000-short-training", "v17-12000-long-training", "v17-14400-short-training", "v17-14400-long-training",
        "v8-ansam", "v8-signal", "v34-cntl-channel-1200", "v34-pri-channel", "v34-CC-retrain", "v33-12000-training", "v33-14400-training",
    ];

    private static readonly string[] DataTypes =
    [
        "v21", "v27-2400", "v27-4800", "v29-7200", "v29-9600", "v17-7200", "v17-9600", "v17-12000", "v17-14400",
        "v8", "v34-pri-rate", "v34-CC-1200", "v34-pri-ch", "v33-12000", "v33-14400",
    ];

    private static readonly string[] FieldTypes =
    [
        "hdlc-data", "hdlc-sig-end", "hdlc-fcs-OK", "hdlc-fcs-BAD", "hdlc-fcs-OK-sig-end", "hdlc-fcs-BAD-sig-end", "t4-non-ecm-data",
        "t4-non-ecm-sig-end", "cm-message", "jm-message", "ci-message", "v34rate",
    ];

    public static string Of(T38Indicator indicator) => indicator == T38Indicator.Unknown ? "unknown" : Indicators[(int)indicator];

    public static string Of(T38DataType type) => type == T38DataType.Unknown ? "unknown" : DataTypes[(int)type];

    public static string Of(T38FieldType type) => type == T38FieldType.Unknown ? "unknown" : FieldTypes[(int)type];

    /// <summary>As in <c>v21: hdlc-data[ff] hdlc-fcs-OK</c>, or the error.</summary>
    public static string Of(ReadOnlySpan<byte> source, int version)
    {
        var error = IfpPacket.TryParse(source, version, out var packet);
        if (error != IfpError.None)
            return error.ToString();
        var text = new StringBuilder(packet.IsData ? Of(packet.DataType) + ":" : Of(packet.Indicator));
        foreach (var field in packet.Fields)
        {
            text.Append(' ').Append(Of(field.Type));
            if (!field.Data.IsEmpty)
                text.Append('[').Append(Hex.Text(field.Data)).Append(']');
        }
        return text.ToString();
    }
}
