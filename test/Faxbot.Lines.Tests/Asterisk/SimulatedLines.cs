using Faxbot.Imaging.Pages;
using Faxbot.Lines.Asterisk;
using Faxbot.Lines.Asterisk.Manager;
using Faxbot.Sdk.Trunks;
using Faxbot.Testing;
using Faxbot.Testing.Faxes;

namespace Faxbot.Lines.Tests.Asterisk;

/// <summary>What tests of a line over simulated servers share.</summary>
public abstract class SimulatedLines : IDisposable
{
    internal static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    internal TempFolder Folder { get; } = new();

    internal int MaxCalls { get; set; } = 200;

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    internal static OutboundFax Fax(string number, int pages = 2) => new()
    {
        Trunk = new TrunkProfile { Servers = [new TrunkServer { Host = "192.0.2.1" }] },
        To = number,
        Reference = $"a{number}",
        Document = new BitmapDocument(FaxResolution.Fine, [.. Enumerable.Range(0, pages).Select(page => SamplePages.Text(1728, 20, page))]),
    };

    internal AsteriskServer Server(int port, string name) => new()
    {
        Name = name,
        Host = "127.0.0.1",
        Port = port,
        User = SimulatedAsterisk.User,
        Secret = SimulatedAsterisk.Secret,
        FolderHere = Folder.FullPath,
        FolderThere = "/there",
        MaxCalls = MaxCalls,
    };

    internal AsteriskLine Open(params SimulatedAsterisk[] servers) => Open(isOver: null, servers);

    internal AsteriskLine Open(Func<string, CancellationToken, Task<bool>>? isOver, params SimulatedAsterisk[] servers) => AsteriskLine.Open(
        new AsteriskLineOptions
        {
            Servers = [.. servers.Select((server, index) => Server(server.Port, $"s{index}"))],
            IsOverAsync = isOver,
            ProgressInterval = TimeSpan.FromMilliseconds(50),
            Manager = new AmiOptions { FirstPause = TimeSpan.FromMilliseconds(20) },
        },
        TimeProvider.System);

    internal static async Task UntilAsync(FaxCall call, Func<LineEvent, bool> test)
    {
        using var tooLong = new CancellationTokenSource(Limit);
        await foreach (var happened in call.Events.WithCancellation(tooLong.Token))
        {
            if (test(happened.Event)) return;
        }

        Assert.Fail($"The call ended before: {await call.Completion}");
    }

    internal static Task UntilAsync(Func<bool> test) => Eventually.HoldsAsync(test, Limit);
}
