namespace Faxbot.Fax.T38;

/// <summary>
/// <c>t30-data</c> of T.38 annex A: the modulation that the data of a packet belongs to. The values are the ASN.1 numbers;
/// those from <see cref="V8"/> on are extension additions and travel in a longer form.
/// </summary>
public enum T38DataType : byte
{
    /// <summary>v21</summary>
    V21 = 0,
    /// <summary>v27-2400</summary>
    V27Rate2400 = 1,
    /// <summary>v27-4800</summary>
    V27Rate4800 = 2,
    /// <summary>v29-7200</summary>
    V29Rate7200 = 3,
    /// <summary>v29-9600</summary>
    V29Rate9600 = 4,
    /// <summary>v17-7200</summary>
    V17Rate7200 = 5,
    /// <summary>v17-9600</summary>
    V17Rate9600 = 6,
    /// <summary>v17-12000</summary>
    V17Rate12000 = 7,
    /// <summary>v17-14400</summary>
    V17Rate14400 = 8,
    /// <summary>v8</summary>
    V8 = 9,
    /// <summary>v34-pri-rate</summary>
    V34PrimaryRate = 10,
    /// <summary>v34-CC-1200</summary>
    V34ControlChannel1200 = 11,
    /// <summary>v34-pri-ch</summary>
    V34PrimaryChannel = 12,
    /// <summary>v33-12000</summary>
    V33Rate12000 = 13,
    /// <summary>v33-14400</summary>
    V33Rate14400 = 14,
    /// <summary>Received, and newer than this list. Cannot be sent.</summary>
    Unknown = 255,
}
