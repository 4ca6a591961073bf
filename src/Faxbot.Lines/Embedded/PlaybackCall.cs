using Faxbot.Lines.Embedded.Media;
using Faxbot.Lines.Embedded.Signalling;
using Faxbot.Lines.Embedded.Trunks;
using Faxbot.Lines.Recordings;
using Faxbot.Sdk.Calls;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sip.Calls;
using Faxbot.Sip.Sdp;

namespace Faxbot.Lines.Embedded;

/// <summary>
/// The script of a call that plays a recording: 1. dial; 2. play, and go along with what the far end asks for, T.38 excepted, until all was played or somebody
/// hangs up; then the dialler hangs up.
/// </summary>
internal sealed class PlaybackCall(SipPort port, TrunkRegistrations registrations, TimeProvider time, OutboundVoice voice, VoiceCall call)
{
    private const int NotAcceptableHere = 488;

    // What is on its way and in the far end's jitter buffer must not be cut off by BYE.
    private static readonly TimeSpan LeadOut = TimeSpan.FromMilliseconds(300);

    private TimeSpan Length => voice.Recording.Length;

    public async Task<CallOutcome> RunAsync(CancellationToken cancel)
    {
        if (TrunkPolicy.Refusal(voice.Trunk, voice.To, voice.From) is { } refusal) return CallOutcome.NotAnswered(refusal, Length);
        CallOutcome? played = null;
        try
        {
            // Step 1
            var dialler = new Dialler(port, registrations, time, voice.Target, call);
            var failed = await dialler.DialAsync(async (dialled, answer, stop) => played = await PlayAsync(dialled, answer, stop), cancel);
            return played ?? (failed is null ? Cancelled() : CallOutcome.NotAnswered(failed, Length));
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return Cancelled();
        }
    }

    private async Task<CallOutcome> PlayAsync(DialledCall dialled, SipBody? answer, CancellationToken cancel)
    {
        // Step 2
        if (dialled.Media.AgreeOnAudio(CallMedia.Read(answer)) is not { IsHeld: false } leg)
            return Answered(OutcomeClass.Negotiation, OutcomeParty.Receiver, TimeSpan.Zero, "The call was answered, but the far end takes no sound.");
        var first = (long)(voice.LeadIn.TotalSeconds * Recording.SampleRate);
        var aLaw = leg is { Codecs: [var codec, ..] } && codec.IsSameFormatAs(SdpCodec.Pcma);
        var player = TonePlayer.Start(dialled.Media.Audio, time, aLaw, sample => voice.Recording[sample - first], voice.LeadIn + Length + LeadOut);
        await using (player) await FollowAsync(dialled, player.Finished, cancel);
        var played = Clamp(player.Played - voice.LeadIn);
        return played == Length ? Answered(OutcomeClass.Success, OutcomeParty.None, played, "The call was answered, and all of the recording was played.")
            : cancel.IsCancellationRequested ? Answered(OutcomeClass.Local, OutcomeParty.Local, played, "The call was cancelled on this side while the recording was played.")
            : Answered(OutcomeClass.Partial, OutcomeParty.Number, played, "The call was answered, and the far end hung up before the recording was over.");
    }

    private async Task FollowAsync(DialledCall dialled, Task finished, CancellationToken cancel)
    {
        while (!finished.IsCompleted && !dialled.End.IsOver && !cancel.IsCancellationRequested)
        {
            var waiting = dialled.Events.WaitToReadAsync(cancel).AsTask();
            await Task.WhenAny(finished, waiting);
            while (dialled.Events.TryRead(out var happened)) OnEvent(dialled, happened);
        }
    }

    private void OnEvent(DialledCall dialled, SipCallEvent happened)
    {
        if (happened is SipCallEvent.Offered offered) Answer(dialled, offered.Body is null ? dialled.Media.OfferAgain() : CallMedia.Read(offered.Body) is { } offer ? dialled.Media.AnswerAudio(offer) : null);
        else if (happened is SipCallEvent.Acknowledged { IsReinvite: true, Body: { } body }) dialled.Media.AgreeOnAudio(CallMedia.Read(body));
        else dialled.End.Note(happened);
    }

    private void Answer(DialledCall dialled, SipBody? answer) => port.Do(now =>
    {
        if (answer is null) dialled.Sip.RejectReinvite(NotAcceptableHere, now);
        else dialled.Sip.AnswerReinvite(answer, now);
    });

    private TimeSpan Clamp(TimeSpan played) => played < TimeSpan.Zero ? TimeSpan.Zero : played > Length ? Length : played;

    private CallOutcome Answered(OutcomeClass kind, OutcomeParty party, TimeSpan played, string sentence) => new()
    {
        Class = kind,
        Party = party,
        Answered = true,
        Played = played,
        Length = Length,
        Sentence = sentence,
    };

    private CallOutcome Cancelled() => new()
    {
        Class = OutcomeClass.Local,
        Party = OutcomeParty.Local,
        Answered = false,
        Length = Length,
        Sentence = "The call was cancelled on this side before it was answered.",
    };
}
