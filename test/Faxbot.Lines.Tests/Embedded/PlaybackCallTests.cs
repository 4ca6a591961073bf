using System.Net;
using Faxbot.Lines.Embedded;
using Faxbot.Lines.Embedded.Media;
using Faxbot.Lines.Recordings;
using Faxbot.Lines.Tests.Recordings;
using Faxbot.Sdk.Calls;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Trunks;

namespace Faxbot.Lines.Tests.Embedded;

/// <summary>Calls that play a recording, from one line of ours to another.</summary>
public sealed class PlaybackCallTests
{
    private const int HeaderLength = 12;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LeadIn = TimeSpan.FromMilliseconds(100);

    [Theory]
    [InlineData(TrunkCodec.Pcmu)]
    [InlineData(TrunkCodec.Pcma)]
    public async Task What_is_heard_is_the_recording_after_a_moment_of_silence(TrunkCodec codec)
    {
        List<byte[]> packets = [];
        var recording = Sine(seconds: 0.5);

        var outcome = await CallAsync(new IncomingDecision.Voice(TakesT38: false, Patience), recording, codec: codec, tap: (_, _, packet) => packets.Add(packet.ToArray()));

        Assert.Equal((OutcomeClass.Success, true, recording.Length, recording.Length), (outcome.Class, outcome.Answered, outcome.Played, outcome.Length));
        Func<byte, short> linear = codec == TrunkCodec.Pcma ? G711.FromALaw : G711.FromMuLaw;
        var heard = packets.Where(IsVoice).SelectMany(packet => packet.Skip(HeaderLength)).Select(linear).ToArray();
        var lead = (int)(LeadIn.TotalSeconds * Recording.SampleRate);
        Assert.True(heard.Length >= lead + 4000, $"{heard.Length} samples went out.");
        Assert.All(Enumerable.Range(0, lead), i => Assert.InRange(heard[i], -16, 16));
        Assert.All(Enumerable.Range(0, 4000), i => Assert.InRange(heard[lead + i] - recording[i], -520, 520));
    }

    [Fact]
    public async Task Only_what_was_played_counts_when_the_far_end_hangs_up()
    {
        var outcome = await CallAsync(new IncomingDecision.Voice(TakesT38: false, TimeSpan.FromSeconds(1)), Sine(seconds: 20));

        Assert.Equal((OutcomeClass.Partial, OutcomeParty.Number, true), (outcome.Class, outcome.Party, outcome.Answered));
        Assert.InRange(outcome.Played, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_number_that_only_rings_was_not_answered()
    {
        var outcome = await CallAsync(new IncomingDecision.Ring(), Sine(seconds: 0.1), ring: TimeSpan.FromSeconds(1));

        Assert.Equal((OutcomeClass.NoAnswer, false, TimeSpan.Zero), (outcome.Class, outcome.Answered, outcome.Played));
    }

    [Fact]
    public async Task A_busy_number_was_not_answered()
    {
        var outcome = await CallAsync(new IncomingDecision.Reject(486), Sine(seconds: 0.1));

        Assert.Equal((OutcomeClass.Busy, false, 486), (outcome.Class, outcome.Answered, outcome.SipStatus));
    }

    [Fact]
    public async Task A_call_that_is_cancelled_while_it_plays_was_answered()
    {
        await using var far = EmbeddedLine.Open(Options(), TimeProvider.System, _ => new IncomingDecision.Voice(TakesT38: false, Patience));
        await using var near = EmbeddedLine.Open(Options(), TimeProvider.System);
        var call = near.Originate(Voice(far, Sine(seconds: 20)));
        await foreach (var happened in call.Events)
        {
            if (happened.Event is LineEvent.Answered) call.Cancel();
        }

        var outcome = await call.Completion;

        Assert.Equal((OutcomeClass.Local, OutcomeParty.Local, true), (outcome.Class, outcome.Party, outcome.Answered));
        Assert.True(outcome.Played < outcome.Length);
    }

    [Fact]
    public async Task A_number_that_the_trunk_does_not_let_be_called_is_never_dialled()
    {
        await using var far = EmbeddedLine.Open(Options(), TimeProvider.System, _ => throw new InvalidOperationException("It was dialled."));
        await using var near = EmbeddedLine.Open(Options(), TimeProvider.System);
        var voice = Voice(far, Sine(seconds: 0.1));

        var outcome = await near.Originate(voice with { Trunk = voice.Trunk with { Destinations = voice.Trunk.Destinations with { Forbidden = ["+1"] } } }).Completion;

        Assert.Equal((OutcomeClass.Rejected, OutcomeParty.Policy, false), (outcome.Class, outcome.Party, outcome.Answered));
    }

    // RTP of version 2 with G.711 in it.
    private static bool IsVoice(byte[] packet) => packet.Length == RtpPacketizer.PacketLength && packet[0] == 0x80 && (packet[1] & 0x7F) is 0 or 8;

    private static Recording Sine(double seconds)
    {
        Assert.Equal(WavError.None, WavFile.TryRead(WavBytes.Linear(8000, WavBytes.Sine(8000, 440, seconds)), out var recording));
        return recording!;
    }

    private static EmbeddedLineOptions Options(DatagramTap? tap = null) => new() { Bind = new IPEndPoint(IPAddress.Loopback, 0), Tap = tap };

    private static OutboundVoice Voice(EmbeddedLine far, Recording recording, TrunkCodec codec = TrunkCodec.Pcmu, TimeSpan? ring = null) => new()
    {
        Trunk = new TrunkProfile
        {
            Servers = [new TrunkServer { Host = "127.0.0.1", Port = far.LocalEndPoint.Port }],
            Audio = new TrunkAudio { Codecs = [codec] },
            Signalling = new TrunkSignalling { RingTimeout = ring ?? TimeSpan.FromSeconds(20) },
        },
        To = "+15550199",
        Recording = recording,
        LeadIn = LeadIn,
    };

    private static async Task<CallOutcome> CallAsync(IncomingDecision decision, Recording recording, TrunkCodec codec = TrunkCodec.Pcmu, TimeSpan? ring = null, DatagramTap? tap = null)
    {
        await using var far = EmbeddedLine.Open(Options(), TimeProvider.System, _ => decision);
        await using var near = EmbeddedLine.Open(Options(tap), TimeProvider.System);
        return await near.Originate(Voice(far, recording, codec, ring)).Completion;
    }
}
