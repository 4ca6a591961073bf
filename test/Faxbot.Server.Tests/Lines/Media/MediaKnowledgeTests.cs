using Faxbot.Fax.T30;
using Faxbot.Imaging.Pages;
using Faxbot.Lines;
using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Trunks;
using Faxbot.Server.Lines.Media;

namespace Faxbot.Server.Tests.Lines.Media;

public sealed class MediaKnowledgeTests
{
    [Fact]
    public void Where_we_had_to_ask_for_T38_the_next_call_asks_at_once()
    {
        var known = new MediaKnowledge().After(Seen(byUs: true), Ended(OutcomeClass.Success), offeredFirst: false, new FaxOptions());

        Assert.Equal(T38Switch.Us, known.Apply(new TrunkT38()).Switch);
        Assert.Equal(T38Switch.FarEnd, known.Apply(new TrunkT38 { Switch = T38Switch.FarEnd }).Switch);
    }

    [Fact]
    public void Where_the_far_end_asked_it_is_waited_for_again() =>
        Assert.Equal(T38Switch.Either, new MediaKnowledge().After(Seen(byUs: false), Ended(OutcomeClass.Success), offeredFirst: false, new FaxOptions()).Apply(new TrunkT38()).Switch);

    [Fact]
    public void A_first_offer_of_T38_that_was_refused_is_not_made_again()
    {
        var known = new MediaKnowledge().After(new MediaObservation(), Ended(OutcomeClass.Negotiation), offeredFirst: true, new FaxOptions());

        Assert.False(known.Apply(new TrunkT38 { InFirstOffer = true }).InFirstOffer);
    }

    [Fact]
    public void After_bad_quality_the_next_call_is_slower()
    {
        var known = new MediaKnowledge().After(Seen(Modulation.V17At14400), Ended(OutcomeClass.Quality), offeredFirst: false, new FaxOptions());

        Assert.Equal(12_000, known.Apply(new FaxOptions()).MaxBitRate);
    }

    [Fact]
    public void After_three_good_calls_the_rate_above_is_tried_once_and_falls_back_when_it_fails()
    {
        var known = new MediaKnowledge();
        for (var call = 0; call < MediaKnowledge.CallsBeforeProbe; call++)
        {
            known = known.After(Seen(Modulation.V29At9600), Ended(OutcomeClass.Success), offeredFirst: false, known.Apply(new FaxOptions()));
            Assert.Equal(call < MediaKnowledge.CallsBeforeProbe - 1 ? 9600 : 12_000, known.Apply(new FaxOptions()).MaxBitRate);
        }

        known = known.After(Seen(Modulation.V17At12000), Ended(OutcomeClass.Quality), offeredFirst: false, new FaxOptions());

        Assert.Equal(9600, known.Apply(new FaxOptions()).MaxBitRate);
    }

    [Fact]
    public void A_probe_that_trains_down_again_is_not_repeated_with_the_next_call()
    {
        var known = new MediaKnowledge { BitRate = 9600, Ecm = true, GoodCalls = MediaKnowledge.CallsBeforeProbe };
        var probe = known.Apply(new FaxOptions());
        Assert.Equal(12_000, probe.MaxBitRate);

        known = known.After(Seen(Modulation.V29At9600), Ended(OutcomeClass.Success), offeredFirst: false, probe);

        Assert.Equal(9600, known.Apply(new FaxOptions()).MaxBitRate);
    }

    [Fact]
    public void What_an_owner_did_not_want_says_nothing_of_the_line()
    {
        var wish = new FaxOptions { MaxBitRate = 4800, Ecm = false };
        var known = new MediaKnowledge().After(Seen(Modulation.V27ter4800, ecm: false), Ended(OutcomeClass.Success), offeredFirst: false, wish);

        Assert.Equal((14_400, true), (known.Apply(new FaxOptions()).MaxBitRate, known.Apply(new FaxOptions()).Ecm));
    }

    [Fact]
    public void A_machine_without_error_correction_is_asked_for_it_again_in_a_while()
    {
        var known = new MediaKnowledge();
        for (var call = 0; call < MediaKnowledge.CallsBeforeProbe; call++)
        {
            var options = known.Apply(new FaxOptions());
            Assert.Equal(call == 0, options.Ecm);
            known = known.After(Seen(ecm: false), Ended(OutcomeClass.Success), offeredFirst: false, options);
        }

        Assert.True(known.Apply(new FaxOptions()).Ecm);
        known = known.After(Seen(ecm: true), Ended(OutcomeClass.Success), offeredFirst: false, known.Apply(new FaxOptions()));
        Assert.True(known.Apply(new FaxOptions()).Ecm);
        Assert.True(known.Ecm);
    }

    [Fact]
    public void The_owners_wishes_are_not_exceeded()
    {
        var known = new MediaKnowledge().After(Seen(Modulation.V17At14400), Ended(OutcomeClass.Success), offeredFirst: false, new FaxOptions());

        Assert.Equal((4800, false), (known.Apply(new FaxOptions { MaxBitRate = 4800 }).MaxBitRate, known.Apply(new FaxOptions { Ecm = false }).Ecm));
    }

    [Fact]
    public void What_is_known_of_a_caller_holds_for_its_next_call()
    {
        var known = new MediaKnowledge { SwitchedBy = MediaSwitch.Us, BitRate = 9600, Ecm = false, GoodCalls = 1 };

        var t38 = known.ApplyInbound(new TrunkT38());

        Assert.Equal((T38Switch.Us, 9600, false), (t38.InboundSwitch, t38.MaxBitRate, t38.Ecm));
        Assert.Equal(T38Switch.Either, t38.Switch);
        Assert.Equal((T38Switch.FarEnd, 4800), (known.ApplyInbound(new TrunkT38 { InboundSwitch = T38Switch.FarEnd }).InboundSwitch, known.ApplyInbound(new TrunkT38 { MaxBitRate = 4800 }).MaxBitRate));
    }

    [Fact]
    public void A_caller_is_tried_with_the_next_set_of_modems_after_three_good_calls()
    {
        var known = new MediaKnowledge { BitRate = 9600, Ecm = true, GoodCalls = MediaKnowledge.CallsBeforeProbe };
        var t38 = known.ApplyInbound(new TrunkT38());
        Assert.Equal(14_400, t38.MaxBitRate);

        known = known.After(Seen(Modulation.V29At9600), Ended(OutcomeClass.Success), offeredFirst: false, new FaxOptions { MaxBitRate = t38.MaxBitRate });

        Assert.Equal(9600, known.ApplyInbound(new TrunkT38()).MaxBitRate);
    }

    [Fact]
    public void A_busy_number_teaches_nothing()
    {
        var known = new MediaKnowledge { BitRate = 9600, Ecm = true, GoodCalls = 2, SwitchedBy = MediaSwitch.Us };

        Assert.Equal(known, known.After(new MediaObservation(), Ended(OutcomeClass.Busy), offeredFirst: false, new FaxOptions()));
    }

    private static MediaObservation Seen(Modulation modulation = Modulation.V17At14400, bool byUs = true, bool ecm = true)
    {
        var seen = new MediaObservation();
        seen.Note(new LineEvent.SwitchedToT38(byUs, 0, "redundancy"));
        seen.Note(new LineEvent.Fax(new FaxEvent.Negotiated(new DcsSettings { Modulation = modulation, Ecm = ecm, Coding = FaxCoding.Mmr, Format = new PageFormat(1728, FaxResolution.Fine) })));
        return seen;
    }

    private static FaxOutcome Ended(OutcomeClass outcome) => new() { Class = outcome, Phase = OutcomePhase.Page, Party = OutcomeParty.None, Sentence = "Over." };
}
