using System.Net;
using Faxbot.Lines;
using Faxbot.Lines.Embedded;
using Faxbot.Sdk.Trunks;

namespace Faxbot.Cli.Calls;

/// <summary>The built-in receiver: an embedded line on loopback that takes any call, so that sending can be tried with nothing configured.</summary>
internal sealed class Sandbox : IAsyncDisposable
{
    private readonly EmbeddedLine _line;
    private readonly ReceivedFax _fax;
    private readonly TrunkT38 _t38;
    private readonly TaskCompletionSource<FaxCall> _call = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Sandbox(ReceivedFax fax, TrunkT38 t38)
    {
        _fax = fax;
        _t38 = t38;
        _line = LineOpener.Open(
            new EmbeddedLineOptions { Bind = new IPEndPoint(IPAddress.Loopback, 0), InboundT38 = t38 },
            _ => new IncomingDecision.Accept(fax.Pages, _call.SetResult));
    }

    /// <summary>Where to call it.</summary>
    public Destination Destination => new(
        new TrunkProfile { Name = "sandbox", Servers = [new TrunkServer { Host = "127.0.0.1", Port = _line.LocalEndPoint.Port }], T38 = _t38 }, "sandbox");

    /// <summary>Opens it.</summary>
    /// <exception cref="BadInputException">The folder cannot be written.</exception>
    public static Sandbox Open(string? folder, bool paced)
    {
        folder ??= Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "faxbot", "sandbox");
        return new Sandbox(ReceiveFolder.Begin(folder), new TrunkT38
        {
            Paced = paced,
            // The called side asks at once: nobody is to be waited for on loopback.
            SwitchAfter = TimeSpan.FromMilliseconds(200),
            InboundSwitchAfter = TimeSpan.FromMilliseconds(200),
            MaxDatagram = 1400,
            // A block of 256 frames then fits whole into the smallest socket buffer of a Debian, so that not even a stalled receiver loses any.
            ImageRedundancy = 1,
        });
    }

    /// <summary>Waits for the receiving end and gives the PDF; null when no page arrived.</summary>
    public async Task<string?> FinishAsync()
    {
        if (_call.Task.IsCompleted) await (await _call.Task).Completion;
        _fax.Pages.Dispose();
        return _fax.Finish(TimeProvider.System.GetLocalNow());
    }

    public async ValueTask DisposeAsync()
    {
        await _line.DisposeAsync();
        _fax.Pages.Dispose();
    }
}
