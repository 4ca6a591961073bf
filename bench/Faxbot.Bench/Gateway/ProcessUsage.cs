using System.Globalization;

namespace Faxbot.Bench.Gateway;

/// <summary>What a process and its children use, as Linux tells it (proc(5)).</summary>
internal static class ProcessUsage
{
    // Fields of /proc/PID/stat after the name in brackets, counted from 0.
    private const int Parent = 1, UserTime = 11, ChildrenSystemTime = 14;
    // USER_HZ, which is 100 on all of Linux that .NET runs on.
    private const double TicksPerSecond = 100;

    /// <summary>Seconds of processor time: its own, and of the children that have ended and were waited for.</summary>
    public static double ProcessorSeconds(int process) =>
        Stat(process)[UserTime..(ChildrenSystemTime + 1)].Sum(ticks => long.Parse(ticks, CultureInfo.InvariantCulture)) / TicksPerSecond;

    /// <summary>Megabytes of memory that it holds now.</summary>
    public static double ResidentMegabytes(int process) => Megabytes(process, "VmRSS:");

    /// <summary>The most megabytes of memory that it held so far.</summary>
    public static double PeakMegabytes(int process) => Megabytes(process, "VmHWM:");

    /// <summary>Its children that run.</summary>
    public static IReadOnlyList<int> Children(int process) =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), out var id) ? id : 0)
            .Where(id => id > 0 && TryStat(id) is { } stat && stat[Parent] == process.ToString(CultureInfo.InvariantCulture)),
    ];

    /// <summary>What runs within the sandboxes that it is wrapped in; itself where there are none.</summary>
    public static int Innermost(int process) => Children(process) is [var only] ? Innermost(only) : process;

    private static double Megabytes(int process, string field)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith(field, StringComparison.Ordinal));
        return long.Parse(line[field.Length..].Replace("kB", "", StringComparison.Ordinal), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture) / 1000.0 * 1.024;
    }

    private static string[] Stat(int process) => TryStat(process) ?? throw new InvalidOperationException($"There is no process {process} any more.");

    private static string[]? TryStat(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            // It has ended.
            return null;
        }
    }
}
