using CsCheck;
using Faxbot.Lines.Asterisk.Calls;
using Faxbot.Lines.Asterisk.Manager;
using Faxbot.Sdk.Outcomes;

namespace Faxbot.Lines.Tests.Asterisk;

/// <summary>The machine of a call in virtual time: what it does when events stay away.</summary>
public sealed class CallMachineTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly CallTerms Terms = new() { PagesTotal = 3, MaxDuration = TimeSpan.FromHours(1), NoFaxAfter = TimeSpan.FromMinutes(3), ReconnectPatience = TimeSpan.FromMinutes(10) };
    private static readonly CallInput.Placed Taken = new(new AmiResult(AmiOutcome.Success, null, []));
    private static readonly CallInput.Happened Up = Event("Newstate", ("ChannelState", "6"));
    private static readonly CallInput.Happened Gone = Event("Hangup", ("Cause", "16"));

    [Fact]
    public void A_far_end_that_answers_and_begins_no_page_is_hung_up_and_is_no_fax_machine()
    {
        var machine = CallMachine.ToPlace(Terms, Start);
        Assert.Empty(Feed(machine, Start, Taken, Event("Newchannel"), Up).OfType<CallOutput.HangUp>());

        Assert.Empty(Feed(machine, Start + TimeSpan.FromSeconds(179), new CallInput.Tick()));
        Assert.Single(Feed(machine, Start + TimeSpan.FromSeconds(180), new CallInput.Tick()).OfType<CallOutput.HangUp>());
        var outcome = Ended(Feed(machine, Start + TimeSpan.FromSeconds(181), Report("ended|1|FAILED|HANGUP|0|3|audio|14400|0x0|16|||The call dropped prematurely"), Gone));

        Assert.True(outcome is { Class: OutcomeClass.NotFax, T30Code: "T1", Medium: FaxMedium.Audio }, outcome.ToString());
    }

    [Fact]
    public void A_page_that_began_ends_the_wait_for_one()
    {
        var machine = CallMachine.ToPlace(Terms, Start);
        Feed(machine, Start, Taken, Event("Newchannel"), Up, Event("FAXSession", ("ImageResolution", "8031x3850"), ("PagesTransmitted", "0")));

        Assert.Empty(Feed(machine, Start + TimeSpan.FromMinutes(30), new CallInput.Tick()));
        Assert.Equal(Start + Terms.MaxDuration, machine.Deadline);
    }

    [Fact]
    public void A_call_that_lasts_too_long_is_hung_up_and_given_up_when_nobody_says_how_it_ended()
    {
        var machine = CallMachine.ToPlace(Terms with { NoFaxAfter = TimeSpan.FromHours(9) }, Start);
        Feed(machine, Start, Taken, Event("Newchannel"), Up);

        Assert.Single(Feed(machine, Start + Terms.MaxDuration, new CallInput.Tick()).OfType<CallOutput.HangUp>());
        Assert.Single(Feed(machine, Start + Terms.MaxDuration + TimeSpan.FromSeconds(15), new CallInput.Tick()).OfType<CallOutput.LookUp>());
        Assert.Single(Feed(machine, Start + Terms.MaxDuration + TimeSpan.FromSeconds(16), new CallInput.Found(Alive)).OfType<CallOutput.HangUp>());
        Assert.Equal(OutcomeClass.Unknown, Ended(Feed(machine, Start + Terms.MaxDuration + TimeSpan.FromSeconds(31), new CallInput.Tick())).Class);
        Assert.True(machine.MayGoOn);
    }

    [Fact]
    public void A_connection_that_does_not_come_back_leaves_the_outcome_unknown_with_the_pages_that_were_seen()
    {
        var machine = CallMachine.ToPlace(Terms, Start);
        Feed(machine, Start, Taken, Event("Newchannel"), Up, Event("FAXSession", ("ImageResolution", "8031x3850"), ("PagesTransmitted", "1")), new CallInput.ConnectionLost());

        Assert.Empty(Feed(machine, Start + TimeSpan.FromSeconds(599), new CallInput.ConnectionLost()));
        var outcome = Ended(Feed(machine, Start + TimeSpan.FromSeconds(600), new CallInput.Tick()));

        Assert.True(outcome is { Class: OutcomeClass.Unknown, PagesConfirmed: 1, PagesPerhapsPrinted: 2 }, outcome.ToString());
        Assert.True(machine.MayGoOn);
    }

    [Fact]
    public void What_is_not_there_right_after_it_was_taken_is_looked_for_once_more()
    {
        var machine = CallMachine.ToPlace(Terms, Start);
        Feed(machine, Start, new CallInput.Placed(new AmiResult(AmiOutcome.Unanswered, null, [])), new CallInput.ConnectionLost(), new CallInput.ConnectionBack());

        Assert.Empty(Feed(machine, Start, new CallInput.Found(new CallTrace.NotAnswered(IsSameRun: true))));
        Assert.Single(Feed(machine, Start + TimeSpan.FromSeconds(3), new CallInput.Tick()).OfType<CallOutput.LookUp>());
        Assert.Empty(Feed(machine, Start + TimeSpan.FromSeconds(3), new CallInput.Found(Alive)).OfType<CallOutput.End>());
    }

    [Theory]
    [InlineData(true, OutcomeClass.Local)]
    [InlineData(false, OutcomeClass.Congestion)]
    public void A_call_that_was_not_taken_is_over(bool isRefused, OutcomeClass expected)
    {
        var taken = isRefused ? AmiOutcome.Refused : AmiOutcome.NotSent;
        var response = new AmiMessage([new("Response", "Error"), new("Message", "Extension does not exist.")]);

        var outcome = Ended(Feed(CallMachine.ToPlace(Terms, Start), Start, new CallInput.Placed(new AmiResult(taken, response, []))));

        Assert.Equal(expected, outcome.Class);
        Assert.Equal(isRefused, outcome.Sentence == "Asterisk would not place the call: Extension does not exist.");
    }

    [Fact]
    public void A_call_that_failed_without_a_channel_is_looked_up_and_the_record_decides()
    {
        var machine = CallMachine.ToPlace(Terms, Start);
        Assert.Empty(Feed(machine, Start, Taken, NotPlaced).OfType<CallOutput.End>());
        Assert.Single(Feed(machine, Start + TimeSpan.FromSeconds(3), new CallInput.Tick()).OfType<CallOutput.LookUp>());

        var outcome = Ended(Feed(machine, Start + TimeSpan.FromSeconds(3), new CallInput.Found(new CallTrace.NotAnswered(IsSameRun: true))));

        Assert.True(outcome is { Class: OutcomeClass.Local, Sentence: "Asterisk could not make a channel for the call." }, outcome.ToString());
    }

    [Fact]
    public void A_cancelled_call_that_never_had_a_channel_is_over_as_soon()
    {
        var machine = CallMachine.ToPlace(Terms, Start);
        Feed(machine, Start, Taken, new CallInput.Cancel(), NotPlaced);
        Assert.Single(Feed(machine, Start + TimeSpan.FromSeconds(3), new CallInput.Tick()).OfType<CallOutput.LookUp>());

        var outcome = Ended(Feed(machine, Start + TimeSpan.FromSeconds(3), new CallInput.Found(new CallTrace.NotAnswered(IsSameRun: true))));

        Assert.Equal("The call was cancelled on this side before the fax began.", outcome.Sentence);
    }

    [Fact]
    public void The_events_of_a_channel_may_come_after_the_response_to_Originate()
    {
        var machine = CallMachine.ToPlace(Terms, Start);

        Assert.Empty(Feed(machine, Start, Taken, NotPlaced, Event("Newchannel")).OfType<CallOutput.End>());
        Assert.True(Ended(Feed(machine, Start, Event("Hangup", ("Cause", "34"), ("TechCause", "503")))) is { Class: OutcomeClass.Congestion, SipStatus: 503 });
    }

    [Fact]
    public void With_a_channel_its_Hangup_is_waited_for()
    {
        var machine = CallMachine.ToPlace(Terms, Start);

        Assert.Empty(Feed(machine, Start, Taken, Event("Newchannel"), NotPlaced).OfType<CallOutput.End>());
        Assert.Equal(OutcomeClass.Busy, Ended(Feed(machine, Start, Event("Hangup", ("Cause", "17")))).Class);
    }

    [Fact]
    public void A_dialplan_that_is_not_there_is_named()
    {
        var machine = CallMachine.ToPlace(Terms, Start);
        Assert.Single(Feed(machine, Start, Taken, Event("Newchannel"), Up, Gone).OfType<CallOutput.LookUp>());

        var outcome = Ended(Feed(machine, Start, new CallInput.Found(new CallTrace.NotAnswered(IsSameRun: true))));

        Assert.Equal("The call was answered, but Asterisk does not have the gateway's dialplan.", outcome.Sentence);
    }

    [Fact]
    public void A_cancelled_call_is_hung_up_as_soon_as_it_may_be_there_and_again_after_a_loss()
    {
        var machine = CallMachine.ToPlace(Terms, Start);
        Assert.Empty(Feed(machine, Start, new CallInput.Cancel()).OfType<CallOutput.HangUp>());
        Assert.Single(Feed(machine, Start, Taken).OfType<CallOutput.HangUp>());
        Assert.Single(Feed(machine, Start, new CallInput.ConnectionLost(), new CallInput.ConnectionBack(), new CallInput.Found(Alive)).OfType<CallOutput.HangUp>());

        var outcome = Ended(Feed(machine, Start, Report("ended|1|FAILED|HANGUP|1|3|T38|14400|8031x3850|16|||The call dropped prematurely"), Gone));

        Assert.True(outcome is { Class: OutcomeClass.Local, PagesConfirmed: 1, Sentence: "The call was cancelled on this side after 1 page." }, outcome.ToString());
    }

    [Fact]
    public void A_tick_before_the_deadline_changes_nothing_and_nothing_comes_after_the_end()
    {
        CallInput[] inputs =
        [
            Taken, Up, Gone, Event("Newchannel"), Event("DialState", ("DialStatus", "RINGING")), NotPlaced, Event("FAXStatus", ("Status", "T.38 Negotiated")),
            Event("FAXSession", ("ImageResolution", "8031x3850"), ("PagesTransmitted", "2")), Report("ended|1|SUCCESS||3|3|T38|14400|8031x3850|16|||OK"), new CallInput.ConnectionLost(),
            new CallInput.ConnectionBack(), new CallInput.Found(Alive), new CallInput.Found(null), new CallInput.Found(new CallTrace.CutOff()), new CallInput.Found(new CallTrace.NotAnswered(true)),
            new CallInput.Found(new CallTrace.NotAnswered(false)), new CallInput.Found(new CallTrace.Nothing()), new CallInput.Cancel(), new CallInput.Tick(),
        ];
        Gen.Select(Gen.Int[0, inputs.Length - 1], Gen.Int[0, 400]).List[1, 30].Sample(steps =>
        {
            var (machine, now, isOver) = (CallMachine.ToPlace(Terms, Start), Start, false);
            foreach (var (input, seconds) in steps)
            {
                now += TimeSpan.FromSeconds(seconds);
                if (machine.Deadline is { } deadline && now < deadline && Feed(machine, now, new CallInput.Tick()).Any(output => output is not CallOutput.Report { Event: LineEvent.Dialling })) return false;
                var outputs = Feed(machine, now, inputs[input]);
                if (isOver && outputs.Count > 0) return false;
                var ends = outputs.Count(output => output is CallOutput.End);
                if (ends > 1 || (ends == 1 && outputs[^1] is not CallOutput.End)) return false;
                isOver |= ends == 1;
                if (isOver != machine.Deadline is null) return false;
            }

            return true;
        });
    }

    private static CallTrace.Alive Alive => new("PJSIP/peer-1", IsUp: true, 3, 0);

    private static CallInput.Happened Event(string name, params (string Name, string Value)[] fields) =>
        new(new AmiMessage([new("Event", name), new("Channel", "PJSIP/peer-1"), .. fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value))]));

    private static CallInput.Happened NotPlaced => Event("OriginateResponse", ("Response", "Failure"), ("Reason", "0"));

    private static CallInput.Happened Report(string line) => Event("UserEvent", ("UserEvent", "FaxbotSent"), ("Result", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(line))));

    private static List<CallOutput> Feed(CallMachine machine, DateTimeOffset now, params CallInput[] inputs)
    {
        List<CallOutput> outputs = [];
        foreach (var input in inputs)
        {
            machine.Handle(input, now);
            while (machine.TryTake(out var output)) outputs.Add(output!);
        }

        return outputs;
    }

    private static FaxOutcome Ended(List<CallOutput> outputs) => Assert.IsType<CallOutput.End>(outputs[^1]).Outcome;
}
