using System.Runtime.InteropServices;

namespace Faxbot.Bench.Documents;

/// <summary>Processor time as the kernel counts it, of this process and of the children that it has waited for.</summary>
internal static class ProcessorTime
{
    private const int Self = 0, Children = -1;

    /// <summary>Of this process, all threads.</summary>
    public static double SelfSeconds => Seconds(Self);

    /// <summary>Of the children that have ended, and of theirs.</summary>
    public static double ChildrenSeconds => Seconds(Children);

    private static double Seconds(int who)
    {
        if (GetResourceUsage(who, out var usage) != 0) throw new InvalidOperationException("getrusage failed.");
        return usage.UserSeconds + usage.SystemSeconds + ((usage.UserMicroseconds + usage.SystemMicroseconds) / 1e6);
    }

    [DllImport("libc", EntryPoint = "getrusage")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int GetResourceUsage(int who, out ResourceUsage usage);

    // getrusage(2): two times, then fourteen longs.
    [StructLayout(LayoutKind.Sequential, Size = 144)]
    private struct ResourceUsage
    {
        public long UserSeconds;
        public long UserMicroseconds;
        public long SystemSeconds;
        public long SystemMicroseconds;
    }
}
