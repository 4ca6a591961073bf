using System.Buffers.Binary;
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
    private const int Rate = 8000, HeaderOctets = 44;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(TrunkCodec.Pcmu, "99930501")]
    [InlineData(TrunkCodec.Pcma, "99930502")]
    public async Task Asterisk_records_what_was_played(TrunkCodec codec, string number)
    {
        var lab = await asterisk.OpenAsync();
        await using var line = FinishedCall.OpenLine();
        await using var ami = await lab.ConnectAmiAsync();
        var sweep = Sweep(seconds: 3);

        var outcome = await CallAsync(line, lab, number, sweep, new TrunkAudio { Codecs = [codec] });
        var recorded = await ami.WaitAsync(m => m["UserEvent"] == "LabVoiceRecorded" && m["Number"] == number, Limit);

        Assert.Equal((OutcomeClass.Success, true, TimeSpan.FromSeconds(3)), (outcome.Class, outcome.Answered, outcome.Played));
        var heard = Samples(await File.ReadAllBytesAsync(recorded["File"], TestContext.Current.CancellationToken));
        var (lag, likeness) = BestFit(sweep, heard);
        Assert.True(likeness > 0.98, $"At {lag} of {heard.Length} samples, what was heard is like what was played by {likeness}.");
    }

    [Theory]
    [InlineData("99920501", OutcomeClass.Busy, 486)]
    [InlineData("99921501", OutcomeClass.NoAnswer, null)]
    [InlineData("99924501", OutcomeClass.Dead, 404)]
    public async Task A_number_that_does_not_answer_was_not_answered(string number, OutcomeClass expected, int? status)
    {
        var lab = await asterisk.OpenAsync();
        await using var line = FinishedCall.OpenLine();

        var outcome = await CallAsync(line, lab, number, Sweep(seconds: 1));

        Assert.Equal((expected, false, status, TimeSpan.Zero), (outcome.Class, outcome.Answered, outcome.SipStatus, outcome.Played));
    }

    // It asks for T.38 before it hangs up, three seconds after the answer.
    [Fact]
    public async Task A_fax_machine_that_hangs_up_has_answered_and_heard_a_part()
    {
        var lab = await asterisk.OpenAsync();
        await using var line = FinishedCall.OpenLine();

        var outcome = await CallAsync(line, lab, "9991503501", Sweep(seconds: 20));

        Assert.Equal((OutcomeClass.Partial, true), (outcome.Class, outcome.Answered));
        Assert.InRange(outcome.Played, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(6));
    }

    private static async Task<CallOutcome> CallAsync(Lines.Embedded.EmbeddedLine line, AsteriskLab lab, string number, short[] samples, TrunkAudio? audio = null)
    {
        Assert.Equal(WavError.None, WavFile.TryRead(Wav(samples), out var recording));
        var trunk = FinishedCall.Trunk(lab.SipPort);
        var call = line.Originate(new OutboundVoice
        {
            Trunk = trunk with { Audio = audio ?? trunk.Audio, Signalling = trunk.Signalling with { RingTimeout = TimeSpan.FromSeconds(4) } },
            To = number,
            Recording = recording!,
        });
        return await call.Completion.WaitAsync(Limit, TestContext.Current.CancellationToken);
    }

    // From 300 Hz to 3000 Hz: like itself at one place alone.
    private static short[] Sweep(int seconds) =>
        [.. Enumerable.Range(0, seconds * Rate).Select(i => (short)(9000 * Math.Sin(2 * Math.PI * (300.0 * i / Rate + 1350.0 * i * i / ((double)Rate * Rate * seconds)))))];

    private static byte[] Wav(short[] samples)
    {
        var file = new byte[HeaderOctets + 2 * samples.Length];
        "RIFF"u8.CopyTo(file);
        "WAVEfmt "u8.CopyTo(file.AsSpan(8));
        "data"u8.CopyTo(file.AsSpan(36));
        foreach (var (at, value) in (ReadOnlySpan<(int, int)>)[(4, file.Length - 8), (16, 16), (20, 0x10001), (24, Rate), (28, 2 * Rate), (32, 0x100002), (40, 2 * samples.Length)])
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), value);
        for (var i = 0; i < samples.Length; i++) BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(HeaderOctets + 2 * i), samples[i]);
        return file;
    }

    // Asterisk writes the plainest header: 44 octets, then linear samples of 8 kHz.
    private static short[] Samples(byte[] file)
    {
        Assert.Equal((Rate, "data"), (BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(24)), System.Text.Encoding.ASCII.GetString(file, 36, 4)));
        return [.. Enumerable.Range(0, (file.Length - HeaderOctets) / 2).Select(i => BinaryPrimitives.ReadInt16LittleEndian(file.AsSpan(HeaderOctets + 2 * i)))];
    }

    // The place in what was heard where all of what was played fits best, and the correlation there: 1 for the same, 0 for nothing in common.
    private static (int Lag, double Likeness) BestFit(short[] played, short[] heard) =>
        Enumerable.Range(0, Math.Max(0, heard.Length - played.Length + 1)).Select(lag => (lag, Correlation(played, heard, lag))).DefaultIfEmpty((-1, 0)).MaxBy(fit => fit.Item2);

    private static double Correlation(short[] played, short[] heard, int lag)
    {
        double product = 0, first = 0, second = 0;
        for (var i = 0; i < played.Length; i++)
        {
            var (p, h) = ((double)played[i], (double)heard[lag + i]);
            product += p * h;
            first += p * p;
            second += h * h;
        }

        return second == 0 ? 0 : product / Math.Sqrt(first * second);
    }
}
