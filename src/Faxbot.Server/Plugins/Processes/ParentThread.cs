using System.Collections.Concurrent;
using System.Diagnostics;

namespace Faxbot.Server.Plugins.Processes;

/// <summary>
/// The thread that starts plugins and lives as long as the gateway. The kernel ends a sandbox together with the thread that began it, and the
/// threads of the pool come and go.
/// </summary>
internal static class ParentThread
{
    private static readonly BlockingCollection<Task> Starts = Begin();

    /// <summary>Starts a process that is not to outlive the gateway.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">It cannot be started.</exception>
    public static Task<Process> StartAsync(ProcessStartInfo start)
    {
        var starting = new Task<Process>(() => Process.Start(start)!, TaskCreationOptions.RunContinuationsAsynchronously);
        Starts.Add(starting);
        return starting;
    }

    private static BlockingCollection<Task> Begin()
    {
        var starts = new BlockingCollection<Task>();
        new Thread(() => Run(starts)) { IsBackground = true, Name = "plugin starts" }.Start();
        return starts;
    }

    private static void Run(BlockingCollection<Task> starts)
    {
        foreach (var start in starts.GetConsumingEnumerable()) start.RunSynchronously();
    }
}
