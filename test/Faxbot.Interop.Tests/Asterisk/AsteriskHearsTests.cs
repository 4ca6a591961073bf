using Faxbot.Interop.Tests.Embedded;
using Faxbot.Lines;
using Faxbot.Lines.Recordings;
using Faxbot.Sdk.Calls;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Trunks;
using Faxbot.Testing.Asterisk;

namespace Faxbot.Interop.Tests.Asterisk;

/// <summary>Voice calls to Asterisk: what it hears is what was played, and how a call ends is told as it was.</summary>
public sealed class AsteriskHearsTests(SharedAsterisk asterisk)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(TrunkCodec.Pcmu, "99930501")]
    [InlineData(TrunkCodec.Pcma, "99930502")]
    public async Task Asterisk_records_what_was_played(TrunkCodec codec, string number)
    {
        var lab = await asterisk.OpenAsync();
        await using var line = FinishedCall.OpenLine();
        await using var ami = await lab.ConnectAmiAsync();
        var sweep = SampleVoice.Sweep(seconds: 3);

        var outcome = await CallAsync(line, lab, number, sweep, new TrunkAudio { Codecs = [codec] });
        var recorded = await ami.WaitAsync(m => m["UserEvent"] == "LabVoiceRecorded" && m["Number"] == number, Limit);

        Assert.Equal((OutcomeClass.Success, true, TimeSpan.FromSeconds(3)), (outcome.Class, outcome.Answered, outcome.Played));
        SampleVoice.AssertHeard(sweep, await File.ReadAllBytesAsync(recorded["File"], TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("99920501", OutcomeClass.Busy, 486)]
    [InlineData("99921501", OutcomeClass.NoAnswer, null)]
    [InlineData("99924501", OutcomeClass.Dead, 404)]
    public async Task A_number_that_does_not_answer_was_not_answered(string number, OutcomeClass expected, int? status)
    {
        var lab = await asterisk.OpenAsync();
        await using var line = FinishedCall.OpenLine();

        var outcome = await CallAsync(line, lab, number, SampleVoice.Sweep(seconds: 1));

        Assert.Equal((expected, false, status, TimeSpan.Zero), (outcome.Class, outcome.Answered, outcome.SipStatus, outcome.Played));
    }

    // It asks for T.38 before it hangs up, three seconds after the answer.
    [Fact]
    public async Task A_fax_machine_that_hangs_up_has_answered_and_heard_a_part()
    {
        var lab = await asterisk.OpenAsync();
        await using var line = FinishedCall.OpenLine();

        var outcome = await CallAsync(line, lab, "9991503501", SampleVoice.Sweep(seconds: 20));

        Assert.Equal((OutcomeClass.Partial, true), (outcome.Class, outcome.Answered));
        Assert.InRange(outcome.Played, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(6));
    }

    private static async Task<CallOutcome> CallAsync(Lines.Embedded.EmbeddedLine line, AsteriskLab lab, string number, short[] samples, TrunkAudio? audio = null)
    {
        Assert.Equal(WavError.None, WavFile.TryRead(SampleVoice.Wav(samples), out var recording));
        var trunk = FinishedCall.Trunk(lab.SipPort);
        var call = line.Originate(new OutboundVoice
        {
            Trunk = trunk with { Audio = audio ?? trunk.Audio, Signalling = trunk.Signalling with { RingTimeout = TimeSpan.FromSeconds(4) } },
            To = number,
            Recording = recording!,
        });
        return await call.Completion.WaitAsync(Limit, TestContext.Current.CancellationToken);
    }
}
