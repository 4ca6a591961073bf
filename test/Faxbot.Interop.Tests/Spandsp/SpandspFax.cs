using Faxbot.Fax.Negotiation;
using Faxbot.Fax.T30;
using Faxbot.Fax.T38;
using Faxbot.Imaging.Pages;
using Faxbot.Imaging.Tiff;
using Faxbot.Interop.Tests.Network;
using Faxbot.Lines;
using Faxbot.Testing;
using Faxbot.Testing.Faxes;
using Faxbot.Testing.Spandsp;

namespace Faxbot.Interop.Tests.Spandsp;

/// <summary>One fax between us and libspandsp, to be run in either direction.</summary>
internal sealed record SpandspFax
{
    /// <summary>What is sent, and how.</summary>
    public FaxWay Way { get; init; } = new(Ecm: true, FaxCoding.Mmr, FaxResolution.Fine, 14_400, Pages: 2);

    /// <summary>Our terminal.</summary>
    public T38TerminalOptions Terminal { get; init; } = new();

    /// <summary>Our transmitter; <see cref="Way"/> sets its limits.</summary>
    public TransmitterOptions Transmitter { get; init; } = new();

    /// <summary>Our receiver.</summary>
    public ReceiverOptions Receiver { get; init; } = new();

    /// <summary>Where our receiver puts pages, around the file.</summary>
    public Func<IReceivedPages, IReceivedPages> Pages { get; init; } = pages => pages;

    /// <summary>Further options of the peer.</summary>
    public IReadOnlyList<string> Peer { get; init; } = [];

    /// <summary>What the network does to datagrams; null has us send to the peer directly.</summary>
    public LinkFaults? Faults { get; init; }

    /// <summary>The seed of the faults on both sides.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How much faster than the wall's the clock may run.</summary>
    public int TimeScale { get; init; } = FaxWay.TimeScale;

    /// <summary>An event of ours upon which the network goes dead.</summary>
    public Func<FaxEvent, bool>? CutUpon { get; init; }

    /// <summary>Whether the peer notices the end; if not, it is stopped when we are done.</summary>
    public bool PeerEnds { get; init; } = true;

    /// <summary>We send, libspandsp receives.</summary>
    public async Task<SpandspFaxResult> SendAsync()
    {
        using var folder = new TempFolder();
        var (sent, got) = (folder.Of("sent.tif"), folder.Of("got.tif"));
        Way.WriteDocument(sent);
        Assert.Equal(TiffError.None, TiffFaxDocument.TryOpen(sent, out var document));
        using var open = document!;
        using var transmitter = new FaxTransmitter(open, Transmitter with
        {
            Limits = new TransmitterLimits { Ecm = Way.Ecm, BestCoding = Way.Coding, MaxBitRate = Way.BitRate },
        });
        return await RunAsync(transmitter, sent, got, (call, options) => SpandspPeer.ReceiveAsync(
            got, Transmitter.AnswersPoll ? [.. options, "--role", "caller", "--remote", call.EndPoint.ToString()] : [.. options]));
    }

    /// <summary>libspandsp sends, we receive.</summary>
    public async Task<SpandspFaxResult> ReceiveAsync()
    {
        using var folder = new TempFolder();
        var (sent, got) = (folder.Of("sent.tif"), folder.Of("got.tif"));
        Way.WriteDocument(sent);
        var codings = Way.Coding switch { FaxCoding.Mh => "mh", FaxCoding.Mr => "mh,mr", _ => "mh,mr,mmr" };
        var received = new ReceivedTiff(got);
        return await RunAsync(new FaxReceiver(Pages(received), Receiver), sent, got, (call, options) => SpandspPeer.SendAsync(
            sent, Receiver.Polls ? null : call.EndPoint,
            [.. options, "--supported-compression", codings, "--max-rate", $"{Way.BitRate}", .. Receiver.Polls ? new[] { "--role", "answerer" } : []]), received);
    }

    private async Task<SpandspFaxResult> RunAsync(
        IT30Machine machine, string sent, string got, Func<SpandspCall, IEnumerable<string>, Task<SpandspPeer>> start, ReceivedTiff? file = null)
    {
        await using var clock = new SharedClock(TimeScale);
        var time = clock.Time;
        await using var relay = Faults is null && CutUpon is null ? null : new UdpRelay(Faults ?? LinkFaults.None, Seed, time);
        long? cutAt = null;
        using var call = new SpandspCall(relay)
        {
            OnEvent = happened =>
            {
                if (cutAt is not null || CutUpon?.Invoke(happened) != true) return;
                cutAt = time.GetTimestamp();
                relay!.Cut();
            },
        };
        await using var peer = await start(
            call, [.. clock.Options, "--ecm", Way.Ecm ? "on" : "off", "--seed", $"{Seed}", "--timeout", "60", .. Peer]);
        clock.Start();
        var begun = time.GetTimestamp();

        var ours = await call.RunAsync(machine, peer.EndPoint, Terminal, time);
        var took = time.GetElapsedTime(cutAt ?? begun);
        file?.Dispose();
        var theirs = PeerEnds ? await peer.ResultAsync(FaxWay.Limit) : await peer.StopAsync();

        var difference = PeerEnds && theirs.Pages > 0 && File.Exists(got) ? await TiffDiff.FindDifferenceAsync(sent, got) : "Nothing was received.";
        return new SpandspFaxResult(this, ours, theirs, [.. call.Events], took, relay?.Dropped ?? 0, difference);
    }
}
