using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Trunks;

namespace Faxbot.Server.Lines.Media;

/// <summary>What calls over one trunk in one direction have shown to work for one number. Immutable.</summary>
internal sealed record MediaKnowledge
{
    /// <summary>As many good calls in a row, and the next one tries the rate above, and error correction again.</summary>
    public const int CallsBeforeProbe = 3;

    private static readonly int[] Rates = [14_400, 12_000, 9600, 7200, 4800, 2400];

    // T.30 table 2, bits 11-14: DIS names sets of modems, and so bounds a sender to the highest rate of one.
    private static readonly int[] AnnouncedRates = [14_400, 9600, 4800, 2400];

    /// <summary>Who brought the last call to T.38; null when none got there.</summary>
    public MediaSwitch? SwitchedBy { get; init; }

    /// <summary>Whether a first offer with T.38 in it was refused.</summary>
    public bool FirstOfferRefused { get; init; }

    /// <summary>Whether error correction is used; null when nothing is known.</summary>
    public bool? Ecm { get; init; }

    /// <summary>The rate that works, bits per second; null when nothing is known.</summary>
    public int? BitRate { get; init; }

    /// <summary>Good calls in a row at that rate.</summary>
    public int GoodCalls { get; init; }

    /// <summary>What is known after another call.</summary>
    /// <param name="seen">What it showed.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="offeredFirst">Whether T.38 stood in its first offer.</param>
    /// <param name="offered">Its options: what its owner did not want says nothing of the line.</param>
    public MediaKnowledge After(MediaObservation seen, FaxOutcome outcome, bool offeredFirst, FaxOptions offered)
    {
        var known = seen.SwitchedBy is null ? this : this with { SwitchedBy = seen.SwitchedBy };
        return outcome.Class switch
        {
            OutcomeClass.Success => known.AfterGoodCall(seen, offered),
            OutcomeClass.Quality when seen.BitRate is { } rate => known with { BitRate = Below(rate), GoodCalls = 0 },
            OutcomeClass.Negotiation when offeredFirst && seen.SwitchedBy is null => known with { FirstOfferRefused = true },
            OutcomeClass.Negotiation when seen.SwitchedBy is null => known with { SwitchedBy = null },
            _ => known,
        };
    }

    /// <summary>A trunk's profile as the next call to that number needs it. What the profile settles by itself stays.</summary>
    public TrunkT38 Apply(TrunkT38 t38) => t38 with
    {
        // Who asked last time will have to again: nobody is waited for in vain.
        Switch = t38.Switch == T38Switch.Either && SwitchedBy == MediaSwitch.Us ? T38Switch.Us : t38.Switch,
        InFirstOffer = t38.InFirstOffer && !FirstOfferRefused,
    };

    /// <summary>Options of a call as the next one to that number needs them.</summary>
    public FaxOptions Apply(FaxOptions options) => options with
    {
        MaxBitRate = Limit(options.MaxBitRate, Rates),
        Ecm = options.Ecm && UsesEcm,
    };

    /// <summary>A trunk's profile as the next call from that number needs it.</summary>
    public TrunkT38 ApplyInbound(TrunkT38 t38) => t38 with
    {
        InboundSwitch = t38.InboundSwitch == T38Switch.Either && SwitchedBy == MediaSwitch.Us ? T38Switch.Us : t38.InboundSwitch,
        MaxBitRate = Limit(t38.MaxBitRate, AnnouncedRates),
        Ecm = t38.Ecm && UsesEcm,
    };

    // Lines and machines get better: what is above is tried once in a while, and stays when it works.
    private bool IsToProbe => GoodCalls >= CallsBeforeProbe;

    private bool UsesEcm => Ecm != false || IsToProbe;

    private int Limit(int wanted, int[] rates) => BitRate is { } rate ? Math.Min(wanted, IsToProbe ? Above(rate, rates) : rate) : wanted;

    private MediaKnowledge AfterGoodCall(MediaObservation seen, FaxOptions offered)
    {
        // A rate is the line's own when it is below what was offered, or when no less was offered than what is known to work.
        var isOfLine = seen.BitRate < offered.MaxBitRate || offered.MaxBitRate >= (BitRate ?? Rates[0]);
        var after = this with { BitRate = isOfLine ? seen.BitRate ?? BitRate : BitRate, Ecm = offered.Ecm ? seen.Ecm ?? Ecm : Ecm };
        // One that tried for more in vain begins the count again, so that not every call pays for that.
        var wasProbe = offered.MaxBitRate > BitRate || (offered.Ecm && Ecm == false);
        return after with { GoodCalls = after == this && !wasProbe ? GoodCalls + 1 : 1 };
    }

    private static int Below(int rate) => Rates.FirstOrDefault(known => known < rate, Rates[^1]);

    private static int Above(int rate, int[] rates) => rates.LastOrDefault(known => known > rate, rates[0]);
}
