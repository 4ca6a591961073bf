using System.Diagnostics.CodeAnalysis;
using Faxbot.Server.Jobs;

namespace Faxbot.Server.Faxes;

/// <summary>The four words that clients of old know, capitals as they have them.</summary>
internal static class StatusWord
{
    public const string Queued = "queued";
    public const string InProgress = "in_progress";
    public const string Success = "SUCCESS";
    public const string Failed = "FAILED";

    /// <summary>The word for a state. Where nothing has left it is still queued; where nobody can tell any more it counts as failed.</summary>
    public static string Of(JobState state) => state switch
    {
        JobState.Queued or JobState.Preparing => Queued,
        JobState.Submitting or JobState.InProgress => InProgress,
        JobState.Success => Success,
        _ => Failed,
    };

    /// <summary>The states that a word means: one of the four, or a state itself.</summary>
    public static bool TryParse(string word, [NotNullWhen(true)] out IReadOnlyCollection<JobState>? states)
    {
        states = Enum.GetValues<JobState>().Where(state => Of(state) == word || Words<JobState>.Of(state) == word).ToArray();
        // "queued" and "in_progress" are both a word and a state: the word is the wider one.
        return states.Count > 0;
    }
}
