namespace Faxbot.Fax.T38;

/// <summary>What an IFP packet carries, for protections that differ.</summary>
public enum UdptlContent
{
    /// <summary>Indicators and V.21 data: few octets, and a loss costs seconds.</summary>
    Control,
    /// <summary>Data at a page rate.</summary>
    Image,
}
