using System.Collections.Frozen;
using Faxbot.Fax.T30;

namespace Faxbot.Lines.Asterisk.Calls;

/// <summary>How a T.30 session of Asterisk ended, by the words that its engine (spandsp) has for it.</summary>
internal static class SpandspWords
{
    private const string TooManyTries = "Disconnected after permitted retries";

    private static readonly FrozenDictionary<string, (FaxEnd End, FaxPhase Phase)> Table = new Dictionary<string, (FaxEnd, FaxPhase)>
    {
        ["Timed out waiting for initial communication"] = (FaxEnd.NoFax, FaxPhase.CallSetUp),
        ["Timed out waiting for the first message"] = (FaxEnd.NoFax, FaxPhase.CallSetUp),
        ["The CED tone exceeded 5s"] = (FaxEnd.NoFax, FaxPhase.CallSetUp),
        ["Received other than DIS while waiting for DIS"] = (FaxEnd.Incompatible, FaxPhase.Negotiation),
        ["Received a DCN while waiting for a DIS"] = (FaxEnd.Disconnected, FaxPhase.Negotiation),
        ["Far end is not compatible"] = (FaxEnd.Incompatible, FaxPhase.Negotiation),
        ["Far end is not able to receive"] = (FaxEnd.Incompatible, FaxPhase.Negotiation),
        ["Far end is not able to transmit"] = (FaxEnd.Incompatible, FaxPhase.Negotiation),
        ["Far end cannot receive at the resolution of the image"] = (FaxEnd.Incompatible, FaxPhase.Negotiation),
        ["Far end cannot receive at the size of image"] = (FaxEnd.Incompatible, FaxPhase.Negotiation),
        ["Failed to train with any of the compatible modems"] = (FaxEnd.TrainingFailed, FaxPhase.Training),
        ["Received bad response to DCS or training"] = (FaxEnd.TrainingFailed, FaxPhase.Training),
        ["Received no response to DCS or TCF"] = (FaxEnd.Silence, FaxPhase.Training),
        ["Received a DCN from remote after sending a page"] = (FaxEnd.Disconnected, FaxPhase.PostPage),
        ["No response after sending a page"] = (FaxEnd.Silence, FaxPhase.PostPage),
        ["Invalid response after sending a page"] = (FaxEnd.Quality, FaxPhase.PostPage),
        ["Invalid ECM response received from receiver"] = (FaxEnd.Quality, FaxPhase.PostPage),
        ["Timed out waiting for receiver ready (ECM mode)"] = (FaxEnd.NotReady, FaxPhase.PostPage),
        ["Operator intervention failed"] = (FaxEnd.Interrupted, FaxPhase.PostPage),
        ["Timed out waiting for procedural interrupt"] = (FaxEnd.Interrupted, FaxPhase.PostPage),
        ["Ident not accepted"] = (FaxEnd.Refused, FaxPhase.Negotiation),
        ["Password not accepted"] = (FaxEnd.Refused, FaxPhase.Negotiation),
        ["Sub-address not accepted"] = (FaxEnd.Refused, FaxPhase.Negotiation),
    }.ToFrozenDictionary();

    /// <summary>How a session ended that did not succeed.</summary>
    /// <param name="words">The engine's words.</param>
    /// <param name="pageBegan">Whether a page had begun.</param>
    /// <param name="isIdentified">Whether the far end had named itself.</param>
    public static (FaxEnd End, FaxPhase Phase) Read(string words, bool pageBegan, bool isIdentified) => words switch
    {
        _ when Table.TryGetValue(words, out var known) => known,
        // Whether the page was still under way or waited for its confirmation, the engine does not say: the latter leaves more open.
        TooManyTries => (FaxEnd.Silence, pageBegan ? FaxPhase.PostPage : FaxPhase.Training),
        _ when pageBegan => (FaxEnd.LineLost, FaxPhase.PostPage),
        _ => (FaxEnd.LineLost, isIdentified ? FaxPhase.Negotiation : FaxPhase.CallSetUp),
    };

    /// <summary>Whether the words say that the pages could not be read.</summary>
    public static bool IsOfFile(string words) => words.Contains("TIFF/F", StringComparison.Ordinal);
}
