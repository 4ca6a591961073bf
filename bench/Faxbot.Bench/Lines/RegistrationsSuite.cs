using System.Diagnostics;
using System.Net;
using Faxbot.Lines.Embedded;
using Faxbot.Sdk.Trunks;
using Faxbot.Testing.Peers;

namespace Faxbot.Bench.Lines;

/// <summary>A thousand trunks that one line keeps registered, at a registrar in the same process on loopback: none may get lost.</summary>
internal sealed class RegistrationsSuite : IBenchSuite
{
    private const int Trunks = 1_000;
    private const string Password = "a-secret";
    private const double AllRegisteredGoal = 10;
    private static readonly TimeSpan Expiry = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public string Name => "registrations";

    public async Task RunAsync(BenchReport report)
    {
        await using var registrar = new LoopbackRegistrar(Password) { LongestExpiry = Expiry };
        await using var line = EmbeddedLine.Open(new EmbeddedLineOptions { Bind = new IPEndPoint(IPAddress.Loopback, 0) }, TimeProvider.System);
        var start = Stopwatch.GetTimestamp();
        var trunks = Enumerable.Range(0, Trunks).Select(number => line.Connect(Trunk(registrar, number), $"{number}")).ToList();
        using var limit = new CancellationTokenSource(Limit);
        await Task.WhenAll(trunks.Select(trunk => trunk.WhenRegistrationAsync(status => status.IsRegistered, limit.Token)));
        report.Below($"{Trunks} trunks registered with digest", Stopwatch.GetElapsedTime(start).TotalSeconds, AllRegisteredGoal, "s");

        var (granted, processor) = (registrar.Registers, Process.GetCurrentProcess().TotalProcessorTime);
        var lost = trunks.Select(trunk => trunk.WhenRegistrationAsync(status => !status.IsRegistered, limit.Token)).ToList();
        await Task.Delay(Watched);
        var refreshes = registrar.Registers - granted;
        var spent = Process.GetCurrentProcess().TotalProcessorTime - processor;
        report.Note($"bindings of {Expiry.TotalSeconds:0} s watched for {Watched.TotalSeconds:0} s: {refreshes} refreshes, {refreshes / Watched.TotalSeconds:0} a second, " +
            $"{spent.TotalMilliseconds / refreshes:0.00} ms of processor time for each, both sides");
        // Each is refreshed between a third and a half of its time before it ends.
        report.AtLeast("refreshes a trunk", refreshes / (double)Trunks, Math.Floor(Watched / Expiry), 1, "each");
        report.AtLeast("trunks that stayed registered", lost.Count(task => !task.IsCompleted), Trunks, 1, "trunks");
        report.AtLeast("bindings at the registrar", registrar.Bindings.Count, Trunks, 1, "bindings");

        start = Stopwatch.GetTimestamp();
        await Task.WhenAll(trunks.Select(trunk => trunk.DisposeAsync().AsTask()));
        report.Below("all of them unregistered", Stopwatch.GetElapsedTime(start).TotalSeconds, AllRegisteredGoal, "s");
        report.Below("bindings left over", registrar.Bindings.Count, 1, "bindings");
    }

    private static TrunkProfile Trunk(LoopbackRegistrar registrar, int number) => new()
    {
        Servers = [new TrunkServer { Host = registrar.EndPoint.Address.ToString(), Port = registrar.EndPoint.Port }],
        Credentials = new TrunkCredentials { User = FormattableString.Invariant($"line{number}"), Password = Password },
        Registration = new TrunkRegistration(),
    };
}
