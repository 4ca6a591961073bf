using Faxbot.Fax.T30;

namespace Faxbot.Sdk.Testing.Carriers;

/// <summary>The fax machine at the far end: a receiver that keeps no pages, behind a line that spoils what the scenario says.</summary>
internal sealed class FarMachine : IT30Machine
{
    // The page on which the faults of the scenarios fall: one is confirmed, one is not, and one would be left.
    private const int SpoiltPage = 2;

    private readonly CarrierScenario _scenario;
    private readonly Action _hangUp;
    private readonly FaxReceiver _receiver;
    private int _pagesConfirmed;
    private bool _isTraining;
    private bool _hasSpoilt;
    private bool _isSpoiling;

    /// <param name="scenario">What goes wrong.</param>
    /// <param name="hangUp">Ends the call at once.</param>
    public FarMachine(CarrierScenario scenario, Action hangUp)
    {
        (_scenario, _hangUp) = (scenario, hangUp);
        var hasEcm = scenario != CarrierScenario.PageRejected;
        _receiver = new FaxReceiver(new NoPages(), new ReceiverOptions
        {
            Identity = "CARRIER",
            SendAnsweringTone = false,
            Capabilities = new DisCapabilities { Fine = true, Superfine = true, Mr = true, Mmr = hasEcm, Ecm = hasEcm, MaxWidth = 2432 },
        });
    }

    public TimeSpan? Deadline => _receiver.Deadline;

    public FaxResult? Result => _receiver.Result;

    private bool IsOnSpoiltPage => !_isTraining && _pagesConfirmed == SpoiltPage - 1;

    public void Start(TimeSpan now) => _receiver.Start(now);

    public void Handle(scoped in T30Input input, TimeSpan now)
    {
        if (Spoils(input)) return;
        if (input.Kind == T30InputKind.Data && (_isTraining ? _scenario == CarrierScenario.TrainingFailure : IsOnSpoiltPage && _scenario == CarrierScenario.PageRejected))
        {
            Span<byte> noise = stackalloc byte[input.Octets.Length];
            for (var i = 0; i < noise.Length; i++) noise[i] = (byte)(input.Octets[i] ^ 0xA5);
            _receiver.Handle(T30Input.Data(input.Modulation, noise), now);
            return;
        }

        _receiver.Handle(input, now);
    }

    public bool TryTake(out T30Output? output)
    {
        if (!_receiver.TryTake(out output)) return false;
        if (output is T30Output.Event { Value: var happened }) Note(happened);
        return true;
    }

    // Whether the line loses this. A loss lasts to the end of the page's signal.
    private bool Spoils(scoped in T30Input input)
    {
        if (input.Modulation == Modulation.V21 || input.Kind is T30InputKind.Tick or T30InputKind.Sent or T30InputKind.LineLost or T30InputKind.Cancel) return false;
        if (IsOnSpoiltPage && (_scenario == CarrierScenario.PageLost || (_scenario == CarrierScenario.PageLostOnce && (!_hasSpoilt || _isSpoiling))))
        {
            _hasSpoilt = true;
            _isSpoiling = input.Kind != T30InputKind.CarrierDown;
            return input.Kind is T30InputKind.Data or T30InputKind.Frame or T30InputKind.BadFrame;
        }

        return false;
    }

    private void Note(FaxEvent happened)
    {
        switch (happened)
        {
            // A CTC is negotiated too, and no training check follows it.
            case FaxEvent.FrameSeen { Sent: false, Type: FrameType.Dcs }:
                _isTraining = true;
                break;
            case FaxEvent.Trained:
                _isTraining = false;
                break;
            case FaxEvent.PageConfirmed:
                _pagesConfirmed++;
                break;
            case FaxEvent.PageStarted when _pagesConfirmed == SpoiltPage - 1 && _scenario == CarrierScenario.HangUpInMidPage:
                _hangUp();
                break;
        }
    }

    private sealed class NoPages : IReceivedPages
    {
        public void Begin(Imaging.Pages.PageFormat format)
        {
        }

        public void WriteRow(ReadOnlySpan<byte> row)
        {
        }

        public void Keep(int badRows, int longestBadRun)
        {
        }

        public void Discard()
        {
        }
    }
}
