using System.Runtime.InteropServices;

namespace Faxbot.Server.Startup;

/// <summary>Keeps all that this process and its children create from other users: the database, its log, the spool, plain copies in work.</summary>
internal static partial class OwnerOnly
{
    // rwxrwxrwx without those of group and others.
    private const uint GroupAndOthers = 0x3F;

    /// <summary>Applies to every file and folder that is created from now on, also by libraries that name no mode (SQLite).</summary>
    public static void Apply()
    {
        // Windows keeps others out of a profile by inherited rights.
        if (!OperatingSystem.IsWindows()) _ = SetMask(GroupAndOthers);
    }

    [LibraryImport("libc", EntryPoint = "umask")]
    private static partial uint SetMask(uint mask);
}
