namespace Faxbot.Server.Storage;

/// <summary>When what a transaction wrote survives a power cut.</summary>
internal enum Durability
{
    /// <summary>When the call returns.</summary>
    OnReturn,

    /// <summary>
    /// At the latest when a later transaction does: the logs of both databases are written in order. So it costs no sync of its own. For rows
    /// that mean nothing without the later one.
    /// </summary>
    WithNext,
}
