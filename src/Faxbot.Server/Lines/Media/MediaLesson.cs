using Faxbot.Lines;
using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Outcomes;

namespace Faxbot.Server.Lines.Media;

/// <summary>What one call teaches: it is noted while the call lasts and written at its end.</summary>
/// <param name="memory">Where it is written.</param>
/// <param name="party">Whom it is about.</param>
/// <param name="offeredFirst">Whether T.38 stands in the first offer of ours.</param>
/// <param name="offered">What we offered.</param>
internal sealed class MediaLesson(MediaMemory memory, MediaParty party, bool offeredFirst, FaxOptions offered)
{
    private readonly MediaObservation _seen = new();

    public void Note(LineEvent happened) => _seen.Note(happened);

    /// <summary>Writes what was learnt, if anything.</summary>
    public async Task EndAsync(FaxOutcome outcome)
    {
        // As it is now: another call of the same party, perhaps over another gateway, may have ended meanwhile.
        var before = await memory.FindAsync(party, CancellationToken.None);
        var after = before.After(_seen, outcome, offeredFirst, offered);
        if (after != before) await memory.LearnAsync(party, after, CancellationToken.None);
    }
}
