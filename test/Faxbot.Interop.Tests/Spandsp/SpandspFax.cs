using Faxbot.Fax.Negotiation;
using Faxbot.Fax.T30;
using Faxbot.Fax.T38;
using Faxbot.Imaging.Pages;
using Faxbot.Imaging.Tiff;
using Faxbot.Lines;
using Faxbot.Testing;
using Faxbot.Testing.Faxes;
using Faxbot.Testing.Spandsp;

namespace Faxbot.Interop.Tests.Spandsp;

/// <summary>One fax between us and libspandsp, to be run in either direction.</summary>
internal sealed record SpandspFax
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Limit = TimeSpan.FromHours(1);

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

    /// <summary>What the network does to datagrams.</summary>
    public LinkFaults Faults { get; init; } = LinkFaults.None;

    /// <summary>The seed of the faults on both sides.</summary>
    public int Seed { get; init; } = 1;

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
        await using var peer = await SpandspTerminal.ReceiveAsync(got, [.. Options, .. Transmitter.AnswersPoll ? new[] { "--role", "caller" } : []]);
        return await RunAsync(transmitter, peer, sent, got);
    }

    /// <summary>libspandsp sends, we receive.</summary>
    public async Task<SpandspFaxResult> ReceiveAsync()
    {
        using var folder = new TempFolder();
        var (sent, got) = (folder.Of("sent.tif"), folder.Of("got.tif"));
        Way.WriteDocument(sent);
        var codings = Way.Coding switch { FaxCoding.Mh => "mh", FaxCoding.Mr => "mh,mr", _ => "mh,mr,mmr" };
        var received = new ReceivedTiff(got);
        await using var peer = await SpandspTerminal.SendAsync(
            sent, ["--supported-compression", codings, "--max-rate", $"{Way.BitRate}", .. Options, .. Receiver.Polls ? new[] { "--role", "answerer" } : []]);
        return await RunAsync(new FaxReceiver(Pages(received), Receiver), peer, sent, got, received);
    }

    private IEnumerable<string> Options => ["--ecm", Way.Ecm ? "on" : "off", "--seed", $"{Seed}", "--timeout", "60", .. Peer];

    private async Task<SpandspFaxResult> RunAsync(IT30Machine machine, SpandspTerminal peer, string sent, string got, ReceivedTiff? file = null)
    {
        TimeSpan? cutAt = null;
        var terminal = new T38Terminal(machine, Terminal);
        var link = new TerminalPair(terminal, peer, Faults, Seed) { OnDatagram = (_, _, _) => cutAt is null };
        link.OnEvent = (_, happened) => cutAt ??= CutUpon?.Invoke(happened) == true ? link.Now : null;

        link.Start();
        for (var until = Slice; !(PeerEnds ? link.IsDone : terminal.IsDone); until += Slice)
        {
            Assert.True(until < Limit, $"{this}: the call does not end.");
            link.RunUntil(until);
        }

        file?.Dispose();
        var theirs = await peer.EndAsync();
        var difference = PeerEnds && theirs.Pages > 0 && File.Exists(got) ? await TiffDiff.FindDifferenceAsync(sent, got) : "Nothing was received.";
        return new SpandspFaxResult(
            this, terminal.Result!, theirs, [.. link.Events.Select(happened => happened.Event)], link.Now - (cutAt ?? TimeSpan.Zero), link.Lost(0), difference);
    }
}
