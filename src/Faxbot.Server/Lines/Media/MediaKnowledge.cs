using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Trunks;

namespace Faxbot.Server.Lines.Media;

/// <summary>What calls of one trunk have shown to work for one number, in one direction. Immutable.</summary>
internal sealed record MediaKnowledge
{
    /// <summary>As many good calls in a row at a lower rate, and the next one tries the rate above.</summary>
    public const int CallsBeforeProbe = 3;

    private static readonly int[] Rates = [14_400, 12_000, 9600, 7200, 4800, 2400];

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
    public MediaKnowledge After(MediaObservation seen, FaxOutcome outcome, bool offeredFirst)
    {
        var known = seen.SwitchedBy is null ? this : this with { SwitchedBy = seen.SwitchedBy };
        return outcome.Class switch
        {
            OutcomeClass.Success => known.AfterGoodCall(seen),
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
        MaxBitRate = Math.Min(options.MaxBitRate, RateToTry ?? options.MaxBitRate),
        Ecm = options.Ecm && Ecm != false,
    };

    // Lines get better: after some good calls the rate above is tried once, and stays when it works.
    private int? RateToTry => BitRate is { } rate && GoodCalls >= CallsBeforeProbe ? Above(rate) : BitRate;

    private MediaKnowledge AfterGoodCall(MediaObservation seen)
    {
        var isSame = seen.BitRate == BitRate && seen.Ecm == Ecm;
        return this with { BitRate = seen.BitRate ?? BitRate, Ecm = seen.Ecm ?? Ecm, GoodCalls = isSame ? GoodCalls + 1 : 1 };
    }

    private static int Below(int rate) => Rates.FirstOrDefault(known => known < rate, Rates[^1]);

    private static int Above(int rate) => Rates.LastOrDefault(known => known > rate, Rates[0]);
}
