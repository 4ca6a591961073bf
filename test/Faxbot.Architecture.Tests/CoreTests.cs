namespace Faxbot.Architecture.Tests;

public sealed class CoreTests
{
    private static readonly string[] Cores = ["Faxbot.Imaging", "Faxbot.Fax", "Faxbot.Sip"];

    private static readonly string[] Outside =
    [
        "System.Net.Sockets.", "System.Net.Http.", "System.Net.Dns.", "System.Threading.Timer.", "System.Threading.PeriodicTimer.", "System.Timers.",
        "System.Threading.Thread.", "System.Threading.ThreadPool.", "System.Threading.Tasks.", "System.Random.", "System.Diagnostics.Stopwatch.",
        "System.Diagnostics.Process.", "System.Security.Cryptography.RandomNumberGenerator.", "System.Environment.get_TickCount", "System.TimeProvider.get_System.",
        "System.Guid.NewGuid.", "System.Console.", "System.Diagnostics.Trace.", "System.Diagnostics.Debug.Write", "Microsoft.Extensions.",
    ];

    [Fact]
    public void The_protocol_cores_are_sans_IO() =>
        Rule.Holds(
            """
            Imaging, Fax and Sip take values and give values: sockets, clocks, timers, threads, randomness and logs live in Lines. Take bytes and time as
            parameters, expose a Deadline, and return what happened instead of logging it.
            """,
            from core in ProductAssembly.All
            where Cores.Contains(core.Name)
            from used in core.UsedMembers.Concat(core.UsedTypes)
            where Outside.Any(prefix => $"{used}.".StartsWith(prefix, StringComparison.Ordinal))
            select $"{core.Name} uses {used}");

    [Fact]
    public void All_three_cores_are_looked_at() => Assert.Equal(3, ProductAssembly.All.Count(assembly => Cores.Contains(assembly.Name)));
}
