namespace Faxbot.Documents.Confinement;

/// <summary>How far a renderer is shut in. At each level: an empty environment, no new privileges, and limits on processor time, memory, open files and the size of any file written (none).</summary>
public enum ConfinementLevel
{
    /// <summary>The limits alone, and as root another user: containers that may not make namespaces.</summary>
    LimitsOnly,
    /// <summary>Namespaces of its own by unshare(1): no network, no view of other processes.</summary>
    Namespaces,
    /// <summary>A root of its own by bubblewrap: of the file system it sees programs, fonts and its input, all read-only; no network, no other processes.</summary>
    Sandbox,
}
