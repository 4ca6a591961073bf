namespace Faxbot.Fax.T38;

/// <summary>One data field of an IFP packet. It refers to the octets that were parsed.</summary>
public readonly ref struct IfpField
{
    internal IfpField(T38FieldType type, ReadOnlySpan<byte> data)
    {
        Type = type;
        Data = data;
    }

    /// <summary>What the field carries or ends; <see cref="T38FieldType.Unknown"/> for one newer than this code.</summary>
    public T38FieldType Type { get; }

    /// <summary>Its octets; empty where the field has none.</summary>
    public ReadOnlySpan<byte> Data { get; }
}
