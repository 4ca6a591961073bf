namespace Faxbot.Sdk.Outcomes;

/// <summary>What carried the fax.</summary>
public enum FaxMedium
{
    /// <summary>No medium was agreed.</summary>
    None,
    /// <summary>T.38 over UDPTL.</summary>
    T38,
    /// <summary>Modem tones in G.711.</summary>
    Audio,
}
