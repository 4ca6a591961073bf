namespace Faxbot.Documents.Confinement;

/// <summary>The strongest confinement that this machine permits, found out once by running nothing under it.</summary>
internal static class HostConfinement
{
    private static readonly Lazy<ConfinementLevel?> Found = new(Probe);

    /// <summary>The level; null where not even the limits work, because util-linux is missing.</summary>
    public static ConfinementLevel? Strongest => Found.Value;

    private static ConfinementLevel? Probe()
    {
        foreach (var level in (ConfinementLevel[])[ConfinementLevel.Sandbox, ConfinementLevel.Namespaces, ConfinementLevel.LimitsOnly])
        {
            if (Works(level)) return level;
        }

        return null;
    }

    private static bool Works(ConfinementLevel level)
    {
        var line = new ConfinedCommand("/usr/bin/true", [], "/usr", TimeSpan.FromSeconds(1), 1L << 30).At(level, Environment.IsPrivilegedProcess);
        return Bubblewrap.Works(line);
    }
}
