using Faxbot.Lines;
using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Numbers;
using Faxbot.Sdk.Outcomes;

namespace Faxbot.Server.Lines.Media;

/// <summary>What one call teaches: it is noted while the call lasts and written at its end.</summary>
/// <param name="memory">Where it is written.</param>
/// <param name="number">The far end.</param>
/// <param name="trunk">The plugin whose trunk it is.</param>
/// <param name="before">What was known when the call began.</param>
/// <param name="offeredFirst">Whether T.38 stands in its first offer.</param>
/// <param name="offered">Its options.</param>
internal sealed class MediaLesson(MediaMemory memory, PhoneNumber number, string trunk, MediaKnowledge before, bool offeredFirst, FaxOptions offered)
{
    private readonly MediaObservation _seen = new();

    public void Note(LineEvent happened) => _seen.Note(happened);

    /// <summary>Writes what was learnt, if anything.</summary>
    public async Task EndAsync(FaxOutcome outcome)
    {
        var after = before.After(_seen, outcome, offeredFirst, offered);
        if (after != before) await memory.LearnAsync(number, trunk, after, CancellationToken.None);
    }
}
