using CsCheck;
using Faxbot.Fax.T38;

namespace Faxbot.Fax.Tests.T38;

/// <summary>An IFP packet as values, which tests make, write and compare.</summary>
internal sealed record ModelPacket(int Version, T38Indicator? Indicator, T38DataType Type, ModelPacket.Field[] Fields)
{
    public sealed record Field(T38FieldType Type, byte[] Data)
    {
        public override string ToString() => IfpText.Of(Type) + (Data.Length == 0 ? "" : $"[{Hex.Text(Data)}]");
    }

    public static Gen<ModelPacket> Indicators(int version) =>
        Gen.Int[0, (int)T38Indicator.V33Training14400].Select(value => new ModelPacket(version, (T38Indicator)value, T38DataType.Unknown, []));

    public static Gen<ModelPacket> Data(int version) =>
        from type in Gen.Int[0, (int)T38DataType.V33Rate14400]
        from fields in Gen.Select(
            Gen.Int[0, (int)(version == 0 ? T38FieldType.NonEcmSignalEnd : T38FieldType.V34Rate)],
            Gen.Frequency((3, Gen.Byte.Array[0, 3]), (1, Gen.Byte.Array[60, 300])),
            (fieldType, data) => new Field((T38FieldType)fieldType, data)).Array[0, 6]
        select new ModelPacket(version, null, (T38DataType)type, fields);

    public byte[] Write()
    {
        var destination = new byte[4000];
        if (Indicator is { } indicator)
            return destination[..IfpWriter.WriteIndicator(destination, indicator)];
        var writer = IfpWriter.BeginData(destination, Version, Type);
        foreach (var field in Fields)
            writer.Add(field.Type, field.Data);
        return destination[..writer.Finish()];
    }

    /// <summary>As <see cref="IfpText.Of(ReadOnlySpan{byte}, int)"/> has it.</summary>
    public override string ToString() => Indicator is { } indicator
        ? IfpText.Of(indicator)
        : IfpText.Of(Type) + ":" + string.Concat(Fields.Select(field => " " + field));
}
