using Faxbot.Fax.T30;
using Faxbot.Imaging.Pages;
using Faxbot.Testing.Faxes;

namespace Faxbot.Fuzz.Targets;

/// <summary>
/// HDLC frames and page data through both T.30 machines. The first octet of an input chooses the machine and its options; then each
/// input of the machine is three octets (kind and time, modulation, length) and the data. A length above 127 means 32 zeros for each
/// above: training checks.
/// </summary>
internal sealed class HdlcTarget : IFuzzTarget
{
    private const int MostOutputs = 400;
    private readonly byte[] _octets = new byte[128 * 32];

    public string Name => "hdlc";

    /// <summary>How the last input's session ended, which says how deep it went.</summary>
    public FaxResult? LastResult { get; private set; }

    public int MaxLength => 2048;

    // A page's rows, its coded blocks and the machine itself.
    public long MaxAllocation => 4 << 20;

    public IEnumerable<byte[]> Seeds => HdlcSamples.Sessions;

    public IEnumerable<byte[]> Tokens => HdlcSamples.Items;

    public void Run(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty) return;
        RunFrame(input[1..]);
        using var document = new BitmapDocument(FaxResolution.Standard, new PageBitmap(1728, 12), new PageBitmap(1728, 5));
        var machine = Create(input[0], document);
        var now = TimeSpan.Zero;
        machine.Start(now);
        Drain(machine, now);
        var ended = false;
        for (var rest = input[1..]; rest.Length >= 3;)
        {
            now += TimeSpan.FromMilliseconds((rest[0] >> 4) * 250);
            var kind = (T30InputKind)((rest[0] & 15) % 10);
            var modulation = (Modulation)(rest[1] % 9);
            var length = rest[2];
            rest = rest[3..];
            var octets = length > 127 ? _octets.AsSpan(0, (length - 127) * 32) : rest[..int.Min(length, rest.Length)];
            if (length <= 127) rest = rest[octets.Length..];
            machine.Handle(InputOf(kind, modulation, octets), now);
            ended = Check(machine, ended, Drain(machine, now));
        }

        // Left alone, it must end by its timers.
        for (var i = 0; i < 200 && machine.Result is null; i++)
        {
            now = machine.Deadline is { } deadline && deadline > now ? deadline : now + TimeSpan.FromSeconds(1);
            machine.Handle(T30Input.Of(T30InputKind.Tick), now);
            ended = Check(machine, ended, Drain(machine, now));
        }

        LastResult = machine.Result ?? throw new InvalidOperationException("The session never ends.");
        (machine as IDisposable)?.Dispose();
    }

    private static void RunFrame(ReadOnlySpan<byte> octets)
    {
        if (!T30Frame.TryParse(octets, out var frame)) return;
        var capabilities = DisCapabilities.Parse(frame.Information);
        if (DisCapabilities.Parse(capabilities.Write()) != capabilities) throw new InvalidOperationException($"DIS comes out of writing as another: {capabilities}");
        if (DcsSettings.TryParse(frame.Information) is { } settings && DcsSettings.TryParse(settings.Write()) != settings)
            throw new InvalidOperationException($"DCS comes out of writing as another: {settings}");
    }

    private static IT30Machine Create(byte choice, BitmapDocument document) => (choice & 3) switch
    {
        0 => new FaxReceiver(new CheckedPages(), new ReceiverOptions { SendAnsweringTone = (choice & 4) != 0, LocalTrainingCheck = (choice & 8) != 0, MaxRows = 500, MaxPages = 3 }),
        1 => new FaxReceiver(new CheckedPages(), new ReceiverOptions { Polls = true, MaxRows = 500, MaxPages = 3 }),
        2 => new FaxTransmitter(document, new TransmitterOptions { FirstPage = (choice >> 2) & 1 }),
        _ => new FaxTransmitter(document, new TransmitterOptions { AnswersPoll = true }),
    };

    private static T30Input InputOf(T30InputKind kind, Modulation modulation, ReadOnlySpan<byte> octets) => kind switch
    {
        T30InputKind.CarrierUp => T30Input.CarrierUp(modulation),
        T30InputKind.CarrierDown => T30Input.CarrierDown(modulation),
        T30InputKind.Frame => T30Input.Frame(modulation, octets, fcsGood: true),
        T30InputKind.BadFrame => T30Input.Frame(modulation, octets, fcsGood: false),
        T30InputKind.Data => T30Input.Data(modulation, octets),
        T30InputKind.Gap => T30Input.Gap(modulation),
        // What was sent is reported below, once for each signal.
        T30InputKind.Sent => T30Input.Of(T30InputKind.Tick),
        _ => T30Input.Of(kind),
    };

    // Takes all outputs, and sends all signals at once.
    private static bool Drain(IT30Machine machine, TimeSpan now)
    {
        var any = false;
        for (var outputs = 0; machine.TryTake(out var output); outputs++)
        {
            if (outputs > MostOutputs) throw new InvalidOperationException("Outputs without end.");
            any = true;
            if (output is T30Output.Send send) Exhaust(send.Signal);
            if (output is T30Output.Send or T30Output.AnsweringTone && machine.Result is null) machine.Handle(T30Input.Of(T30InputKind.Sent), now);
        }

        return any;
    }

    private static void Exhaust(Signal signal)
    {
        Span<byte> octets = stackalloc byte[256];
        for (var parts = 0; signal is FrameSignal frames ? frames.TryReadFrame(out _) : ((StreamSignal)signal).Read(octets) > 0; parts++)
        {
            if (parts > 10_000) throw new InvalidOperationException("A signal without end.");
        }
    }

    // After the end nothing is emitted. The drain in which it ended may have the last words.
    private static bool Check(IT30Machine machine, bool endedBefore, bool emitted)
    {
        if (endedBefore && emitted) throw new InvalidOperationException("Something came after the end.");
        if (machine.Result is not null && machine.Deadline is not null) throw new InvalidOperationException("A deadline after the end.");
        return machine.Result is not null;
    }

    private sealed class CheckedPages : IReceivedPages
    {
        private int _stride = -1;

        public void Begin(PageFormat format) => _stride = _stride < 0 ? format.Stride : throw new InvalidOperationException("A page within a page.");

        public void WriteRow(ReadOnlySpan<byte> row)
        {
            if (row.Length != _stride) throw new InvalidOperationException($"A row of {row.Length} octets, not {_stride}.");
        }

        public void Keep(int badRows, int longestBadRun) => End();

        public void Discard() => End();

        private void End() => _stride = _stride >= 0 ? -1 : throw new InvalidOperationException("The end of no page.");
    }
}
