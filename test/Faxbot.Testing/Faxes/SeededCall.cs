using Faxbot.Fax.Negotiation;
using Faxbot.Fax.T30;
using Faxbot.Fax.T38;
using Faxbot.Imaging.Pages;
using Faxbot.Testing.Calls;

namespace Faxbot.Testing.Faxes;

/// <summary>
/// Our transmitter calls our receiver through a faulty network. A seed decides pages, settings and faults, so that the same call can be
/// had again. It either delivers exactly the pages, or says that it did not.
/// </summary>
public sealed class SeededCall : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);
    private static readonly int[] Bursts = [1, 1, 2, 5, 20, 60, 150];

    private readonly int _seed;
    private readonly int _rows;
    private readonly bool _ecm;
    private readonly SampleDocument _document;
    private readonly CollectedPages _pages = new();
    private readonly FaxTransmitter _transmitter;
    private readonly FaxReceiver _receiver;
    private readonly TerminalPair _pair;

    private SeededCall(int seed)
    {
        _seed = seed;
        var random = new Random(seed);
        _rows = random.Next(20, 160);
        _document = new SampleDocument([.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => random.Next(8) == 0 ? FaxResolution.Standard : FaxResolution.Fine)], _rows);
        _ecm = random.Next(2) == 0;
        var localTrainingCheck = random.Next(8) == 0;
        _transmitter = new FaxTransmitter(_document, new TransmitterOptions
        {
            Identity = "+1 555 0100",
            Limits = new TransmitterLimits { Ecm = _ecm, BestCoding = (FaxCoding)random.Next(3), MaxBitRate = random.Next(1, 7) * 2400 },
        });
        _receiver = new FaxReceiver(_pages, new ReceiverOptions { Identity = "+1 555 0199", LocalTrainingCheck = localTrainingCheck });
        var outages = Enumerable.Range(0, random.Next(6)).Select(_ => Outage(random)).ToArray();
        _pair = new TerminalPair(Terminal(_transmitter, random, localTrainingCheck), Terminal(_receiver, random, localTrainingCheck), Faults(random), seed)
        {
            KeepsEvents = false,
            OnDatagram = (side, at, _) => !outages.Any(outage => outage.Side == side && outage.From <= at && at < outage.To),
        };
    }

    private bool Completed => _transmitter.Result?.End == FaxEnd.Completed;

    /// <summary>Plays the call of a seed; tells whether every page was confirmed.</summary>
    /// <exception cref="CallScriptException">It was not as it says.</exception>
    public static bool Play(int seed)
    {
        using var call = new SeededCall(seed);
        if (!call._pair.Run(Longest)) throw call.Wrong("it does not end");
        call.CheckPages();
        call.CheckResults();
        return call.Completed;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _transmitter.Dispose();
        _document.Dispose();
    }

    private static T38Terminal Terminal(IT30Machine machine, Random random, bool localTrainingCheck) => new(machine, new T38TerminalOptions
    {
        LocalTrainingCheck = localTrainingCheck,
        Sender = new UdptlSenderOptions { ErrorCorrection = (UdptlErrorCorrection)random.Next(3) },
    });

    private static LinkFaults Faults(Random random) => new()
    {
        Loss = Math.Pow(random.NextDouble(), 2) * 0.4,
        Burst = Bursts[random.Next(Bursts.Length)],
        Duplicate = random.NextDouble() * 0.2,
        Reorder = random.NextDouble() * 0.2,
        Delay = TimeSpan.FromMilliseconds(random.Next(1, 300)),
        OnlyFrom = random.Next(4) switch { 0 => 0, 1 => 1, _ => null },
    };

    // Long enough, at times, to swallow a page or a command with all its copies.
    private static (int Side, TimeSpan From, TimeSpan To) Outage(Random random)
    {
        var from = TimeSpan.FromSeconds(random.NextDouble() * 50);
        return (random.Next(3) == 0 ? 1 : 0, from, from + TimeSpan.FromSeconds(0.2 + (random.NextDouble() * 4)));
    }

    private void CheckPages()
    {
        if (_pages.Kept.Count > _document.PageCount) throw Wrong($"{_pages.Kept.Count} of {_document.PageCount} pages were kept");
        foreach (var (index, page) in _pages.Kept.Index())
        {
            var whole = page.Equals(SampleDocument.Page(index + 1, _rows));
            if (!whole && page.BadRows == 0) throw Wrong($"page {index + 1} is not as it was sent, and called undamaged");
            if (!whole && _ecm) throw Wrong($"page {index + 1} was damaged in spite of error correction");
        }
    }

    private void CheckResults()
    {
        var (sent, received, kept) = (_transmitter.Result!, _receiver.Result!, _pages.Kept.Count);
        if (received.PagesConfirmed != kept) throw Wrong($"the receiver kept {kept} pages");
        if (sent.PagesConfirmed > kept) throw Wrong($"pages were confirmed of which {kept} were kept");
        if (kept > sent.PagesConfirmed + sent.PagesPerhapsPrinted) throw Wrong($"{kept} pages were kept, which the transmitter does not reckon with");
        if (Completed && sent.PagesConfirmed != _document.PageCount) throw Wrong("complete without all pages");
        if (received.End == FaxEnd.Completed && kept != _document.PageCount) throw Wrong($"the receiver calls {kept} pages complete");
    }

    private CallScriptException Wrong(string what) =>
        new($"seed {_seed}: {what}; {_document.PageCount} pages, sent {_transmitter.Result}, received {_receiver.Result}");
}
