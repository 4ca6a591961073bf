using System.Text;
using Faxbot.Fax.T30;
using Faxbot.Lines.Asterisk.Calls;
using Faxbot.Lines.Asterisk.Manager;
using Faxbot.Sdk.Outcomes;

namespace Faxbot.Lines.Tests.Asterisk;

/// <summary>Each call that was recorded at a real Asterisk ends as it did, however its octets come and whatever comes between its events.</summary>
public sealed class TranscriptTests
{
    public static TheoryData<string, OutcomeClass, OutcomeParty, int, string> Calls => new()
    {
        { "01-success-t38", OutcomeClass.Success, OutcomeParty.None, 2, "Every page was confirmed." },
        { "02-success-g711", OutcomeClass.Success, OutcomeParty.None, 2, "Every page was confirmed." },
        { "03-busy-486", OutcomeClass.Busy, OutcomeParty.Number, 0, "The number is busy." },
        { "04-no-answer", OutcomeClass.NoAnswer, OutcomeParty.Number, 0, "Nobody answered." },
        { "05-t38-refused-488-then-g711", OutcomeClass.Success, OutcomeParty.None, 2, "Every page was confirmed." },
        { "06-t38-refused-488-no-fallback", OutcomeClass.Negotiation, OutcomeParty.Receiver, 0, "The far end refused T.38." },
        { "07-far-end-hangs-up-mid-fax", OutcomeClass.Quality, OutcomeParty.Receiver, 0, "The call broke off before a page was confirmed." },
        { "08-cancelled-by-ami-hangup", OutcomeClass.Local, OutcomeParty.Local, 0, "The call was cancelled on this side after 0 pages." },
        { "09-answered-by-voice", OutcomeClass.NotFax, OutcomeParty.Number, 0, "The call was answered, but no fax machine identified itself." },
        { "10-not-found-404", OutcomeClass.Dead, OutcomeParty.Number, 0, "The number does not exist or has moved." },
        { "11-forbidden-403", OutcomeClass.Rejected, OutcomeParty.Trunk, 0, "The trunk forbids this call." },
        { "12-unavailable-503", OutcomeClass.Congestion, OutcomeParty.Trunk, 0, "The trunk cannot take the call at the moment." },
        { "13-file-missing", OutcomeClass.Local, OutcomeParty.Local, 0, "Asterisk could not read the file with the pages." },
        { "14-fax-sessions-while-sending", OutcomeClass.Success, OutcomeParty.None, 3, "Every page was confirmed." },
        { "15-receiver-demands-t38-caller-refuses", OutcomeClass.NotFax, OutcomeParty.Number, 0, "The far end hung up before it identified itself as a fax machine." },
        { "16-no-reply-beyond-100-trying", OutcomeClass.NoAnswer, OutcomeParty.Number, 0, "Nobody answered." },
        { "17-far-end-sends-nothing-own-time-limit", OutcomeClass.NotFax, OutcomeParty.Number, 0, "The far end hung up before it identified itself as a fax machine." },
        { "18-two-documents-in-one-call", OutcomeClass.Local, OutcomeParty.Local, 0, "Asterisk could not start a fax session: error reserving fax session." },
        { "19-receiver-4800-bit", OutcomeClass.Success, OutcomeParty.None, 2, "Every page was confirmed." },
        { "20-no-ecm", OutcomeClass.Success, OutcomeParty.None, 2, "Every page was confirmed." },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public void Ends_as_it_did(string name, OutcomeClass kind, OutcomeParty party, int pages, string sentence)
    {
        var transcript = AmiTranscript.Of($"{name}.tx.txt");

        var (outcome, events) = Play(name, transcript.Read(), pages);

        Assert.Equal((kind, party, pages, sentence), (outcome.Class, outcome.Party, outcome.PagesConfirmed, outcome.Sentence));
        Assert.Equal(pages, events.OfType<LineEvent.Fax>().Count(fax => fax.Event is FaxEvent.PageConfirmed));
        Assert.IsType<LineEvent.Dialling>(events[0]);
        Assert.Equal(outcome.Phase == OutcomePhase.Dial && outcome.Class != OutcomeClass.Local, !events.OfType<LineEvent.Answered>().Any());
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public void Ends_the_same_with_unknown_events_in_between(string name, OutcomeClass kind, OutcomeParty party, int pages, string sentence)
    {
        string[] unknown = ["Event: Surprise\nUniqueid: {0}\nStatus: SUCCESS\nChannelState: 6\n\n", "no field at all\n\n", "Event: UserEvent\nUserEvent: Other\nUniqueid: {0}\nResult: not Base64!\n\n", ": empty\n: \n\n"];
        var text = Encoding.UTF8.GetString(AmiTranscript.Of($"{name}.tx.txt").Octets).ReplaceLineEndings("\n");
        var mixed = new StringBuilder();
        foreach (var (index, part) in text.Split("\n\n").Index())
        {
            mixed.Append(part).Append("\n\n");
            mixed.AppendFormat(null, unknown[index % unknown.Length], IdOf(name));
        }

        var (outcome, _) = Play(name, AmiTranscript.Read([Encoding.UTF8.GetBytes(mixed.ToString())]), pages);

        Assert.Equal((kind, party, pages, sentence), (outcome.Class, outcome.Party, outcome.PagesConfirmed, outcome.Sentence));
    }

    [Fact]
    public void Every_recorded_call_is_played() =>
        Assert.Equal(AmiTranscript.Names.Where(name => name.EndsWith(".tx.txt", StringComparison.Ordinal) && !name.Contains("message", StringComparison.Ordinal)), Calls.Select(call => $"{call.Data.Item1}.tx.txt"));

    [Fact]
    public void Progress_is_seen_where_it_was_asked_for()
    {
        var (outcome, events) = Play("14-fax-sessions-while-sending", AmiTranscript.Of("14-fax-sessions-while-sending.tx.txt").Read(), 3);

        Assert.True(outcome is { Medium: FaxMedium.T38, BitRate: 14_400, Ecm: true, FarIdentity: "99910014" }, outcome.ToString());
        Assert.Equal([1, 2, 3], events.OfType<LineEvent.Fax>().Select(fax => fax.Event).OfType<FaxEvent.PageStarted>().Select(page => page.Page));
        Assert.Equal(new LineEvent.SwitchedToT38(ByUs: false, 0, "redundancy"), events.OfType<LineEvent.SwitchedToT38>().Single());
    }

    [Fact]
    public void Evidence_is_kept_as_Asterisk_gives_it()
    {
        Assert.True(Play("03-busy-486", AmiTranscript.Of("03-busy-486.tx.txt").Read(), 2).Outcome is { SipStatus: 486, Q850Cause: 17, PagesTotal: 2 });
        Assert.True(Play("09-answered-by-voice", AmiTranscript.Of("09-answered-by-voice.tx.txt").Read(), 2).Outcome is { T30Code: "T1", ProviderCode: "Timed out waiting for initial communication", Q850Cause: 16 });
        Assert.True(Play("05-t38-refused-488-then-g711", AmiTranscript.Of("05-t38-refused-488-then-g711.tx.txt").Read(), 2).Outcome is { Medium: FaxMedium.Audio, Q850Cause: 58, ProviderCode: "SUCCESS" });
        Assert.True(Play("19-receiver-4800-bit", AmiTranscript.Of("19-receiver-4800-bit.tx.txt").Read(), 2).Outcome is { BitRate: 4800 });
    }

    [Fact]
    public void Success_with_pages_missing_is_partial()
    {
        var (outcome, _) = Play("01-success-t38", AmiTranscript.Of("01-success-t38.tx.txt").Read(), 3);

        Assert.True(outcome is { Class: OutcomeClass.Partial, PagesConfirmed: 2, PagesTotal: 3, PagesPerhapsPrinted: 1 }, outcome.ToString());
    }

    // The id of the call is c and the number of the transcript; what stands before its own action is of nobody.
    private static (FaxOutcome Outcome, IReadOnlyList<LineEvent> Events) Play(string name, IReadOnlyList<AmiMessage> messages, int pages)
    {
        var id = IdOf(name);
        var now = AmiTranscript.At(messages.First(message => AmiTranscript.At(message) is not null))!.Value;
        var machine = CallMachine.ToPlace(new CallTerms { PagesTotal = Math.Max(pages, 2) }, now);
        List<LineEvent> events = [];
        FaxOutcome? outcome = null;
        foreach (var message in messages)
        {
            now = AmiTranscript.At(message) ?? now;
            if (message.IsResponse && message.ActionId == id) machine.Handle(new CallInput.Placed(new AmiResult(message.Response == "Success" ? AmiOutcome.Success : AmiOutcome.Refused, message, [])), now);
            else if (message.IsResponse && message.ActionId == $"{id}-cancel") machine.Handle(new CallInput.Cancel(), now);
            else if (message.Event == "FAXSession" || new[] { message["Uniqueid"], message["DestUniqueid"], message.ActionId }.Contains(id)) machine.Handle(new CallInput.Happened(message), now);
            while (machine.TryTake(out var output))
            {
                Assert.Null(outcome);
                if (output is CallOutput.Report report) events.Add(report.Event);
                if (output is CallOutput.End end) outcome = end.Outcome;
                Assert.IsNotType<CallOutput.LookUp>(output);
            }
        }

        Assert.NotNull(outcome);
        Assert.Null(machine.Deadline);
        return (outcome, events);
    }

    private static string IdOf(string name) => $"c{name[..2]}";
}
